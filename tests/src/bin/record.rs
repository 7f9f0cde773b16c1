//! Records the run that is shown where nothing can be measured: the built site in Chromium, its result as a script.

use e2e::{Browser, Headers, Page, Site, with_browser};

fn main() {
    let to = std::env::args().nth(1).unwrap_or_else(|| "static/example.js".into());
    let site = Site::new(Headers::Isolated);
    with_browser(Browser::Chromium, async |driver| {
        let page = Page::open(&driver, &site.url("tasks=6&sleep=100&cpu=40&pool=4&autorun")).await;
        let result = page.result(1).await;
        let text = serde_json::to_string(&result.to_json()).expect("text as JSON");
        std::fs::write(&to, format!("self.interleaveExample = {text};\n")).expect("the file to be written");
        println!("wrote {to}");
    });
}
