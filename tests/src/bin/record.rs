//! Records what is shown where nothing can be measured: a run of every lab of the built site, in Chromium, its result in a file.

use e2e::{Browser, Headers, Page, Site, explained, with_browser};
use interleave_labs::LABS;
use std::path::Path;

/// Arguments of those labs whose defaults say less than a smaller run.
const ARGUMENTS: &[(&str, &str)] = &[("compare", "&tasks=6&sleep=100&cpu=40&pool=4"), ("python", "&times=5")];

fn main() {
    let mut given = std::env::args().skip(1);
    let folder = given.next().unwrap_or_else(|| "static/recorded".into());
    let folder = Path::new(&folder);
    // Where labs are named after the folder, only theirs.
    let named: Vec<String> = given.collect();
    std::fs::create_dir_all(folder).expect("a folder for the results");
    let site = Site::new(Headers::Isolated);
    with_browser(Browser::Chromium, async |driver| {
        for lab in LABS.iter().filter(|lab| named.is_empty() || named.iter().any(|name| name == lab.slug)) {
            let arguments = ARGUMENTS.iter().find(|(slug, _)| *slug == lab.slug).map_or("", |(_, arguments)| arguments);
            let page = Page::open(&driver, &site.url(&format!("lab={}{arguments}&autorun", lab.slug))).await;
            let text = page.result_text(1).await;
            explained(lab.slug, &text).unwrap_or_else(|error| panic!("{}: {error}", lab.slug));
            let file = folder.join(lab.slug).with_extension("json");
            std::fs::write(&file, text + "\n").expect("the file to be written");
            println!("wrote {}", file.display());
        }
    });
}
