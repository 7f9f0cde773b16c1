//! What a reader takes along, and what somebody else has.

use e2e::{Blog, Browser, Compared, Headers, Page, Site, with_tab};
use serde_json::{Value, json};
use std::path::PathBuf;

/// A file that is removed with this value.
struct Scratch(PathBuf);

impl Scratch {
    fn new(name: &str, text: &[u8]) -> Scratch {
        let path = std::env::temp_dir().join(format!("interleave-{}-{name}", std::process::id()));
        std::fs::write(&path, text).unwrap();
        Scratch(path)
    }
}

impl Drop for Scratch {
    fn drop(&mut self) {
        let _ = std::fs::remove_file(&self.0);
    }
}

#[test]
fn every_snippet_of_the_dialog_works_where_it_is_pasted() {
    let site = Site::new(Headers::None);
    with_tab(Browser::Chromium, async |driver| {
        let page = Page::open(&driver, &site.url("plan=s20*2%2Bc5&modes=sequential,pool&theme=dark")).await;
        page.click(".share > button").await;
        page.wait_until("return !!document.querySelector('dialog[open] #share-element')", "the dialog").await;
        let value = async |id: &str| {
            let value = page.script(&format!("return document.getElementById('{id}').value")).await;
            value.as_str().unwrap().to_owned()
        };
        let (link, element, frame) =
            (value("share-link").await, value("share-element").await, value("share-frame").await);
        // The preview is the real thing.
        driver.enter_frame(0).await.unwrap();
        page.status("Ready.").await;
        driver.enter_default_frame().await.unwrap();

        let opened = Page::open(&driver, &link).await;
        opened.click("#run").await;
        let result = opened.result(1).await;
        assert_eq!((result.args.plan.as_ref().unwrap().to_string().as_str(), result.runs.len()), ("s20*2+c5", 2));

        let blog = Blog::new(Headers::None, &site, &format!("<!doctype html><title>A post</title>{element}"));
        driver.goto(blog.address()).await.unwrap();
        page.wait_until("return !!customElements.get('interleave-lab')", "the script").await;
        page.script("document.querySelector('interleave-lab').run()").await;
        page.wait_until("return !!document.querySelector('interleave-lab').result", "a result").await;
        let args = page.script("return document.querySelector('interleave-lab').result.args").await;
        assert_eq!(args["plan"], "s20*2+c5");

        let blog = Blog::new(Headers::None, &site, &format!("<!doctype html><title>A post</title>{frame}"));
        driver.goto(blog.address()).await.unwrap();
        driver.enter_frame(0).await.unwrap();
        page.status("Ready.").await;
        assert_eq!(page.script("return document.documentElement.dataset.theme").await, "dark");
        assert_eq!(page.run().await.len(), 2);
    });
}

#[test]
fn a_run_is_saved_in_every_form() {
    let site = Site::new(Headers::Isolated);
    with_tab(Browser::Chromium, async |driver| {
        let page = Page::open(&driver, &site.url("tasks=3&sleep=20&cpu=5&modes=sequential,event-loop")).await;
        page.click("#run").await;
        let result = page.result(1).await;
        // What is saved is looked at on its way to the disk.
        page.script(
            "window.saved = []; const create = URL.createObjectURL; \
             URL.createObjectURL = (blob) => { saved.push(blob); return create.call(URL, blob); }; \
             for (const button of document.querySelectorAll('.exports .actions button')) button.click()",
        )
        .await;
        // A picture is made of a drawing, which is saved as well.
        page.wait_until("return saved.length === 6 && saved.some(({ type }) => type === 'image/png')", "five files")
            .await;
        let files = "const done = arguments[0]; Promise.all(saved.map(async (blob) => [blob.type, blob.size, await blob.text()])).then(done)";
        let files = driver.execute_async(files, vec![]).await.unwrap();
        let files = files.json().as_array().unwrap().clone();
        let of = |kind: &str, has: &str| {
            let file = files.iter().find(|file| file[0] == kind && file[2].as_str().unwrap().contains(has));
            file.unwrap_or_else(|| panic!("no {kind} with {has}"))[2].as_str().unwrap().to_owned()
        };
        assert_eq!(Compared::read(&of("application/json", "interleave/result@1")).unwrap(), result);
        let trace: Value = serde_json::from_str(&of("application/json", "traceEvents")).unwrap();
        let spans = trace["traceEvents"].as_array().unwrap().iter().filter(|event| event["ph"] == "X").count();
        assert_eq!(spans, result.runs.iter().map(|run| run.spans.len()).sum::<usize>());
        assert_eq!(of("text/csv", "mode,lane,").lines().count(), spans + 1);
        assert!(of("image/svg+xml", "<svg").contains("Concurrent: one thread, event loop"));
        let picture = files.iter().find(|file| file[0] == "image/png").expect("a picture");
        assert!(picture[1].as_u64().unwrap() > 2_000);
    });
}

#[test]
fn somebody_elses_run_is_shown_and_what_is_none_is_refused() {
    let site = Site::new(Headers::Isolated);
    with_tab(Browser::Chromium, async |driver| {
        let page = Page::open(&driver, &site.url("tasks=3&sleep=20&modes=sequential,pool")).await;
        page.click("#run").await;
        let good = page.result_text(1).await;
        let page = Page::open(&driver, &site.url("tasks=9")).await;
        let open = async |file: &Scratch| {
            page.find(".open input").await.unwrap().send_keys(file.0.to_str().unwrap()).await.unwrap();
        };
        let huge = vec![b' '; 60_000_000];
        let cases: [(&str, &[u8], &str); 4] = [
            ("cut.json", &good.as_bytes()[..good.len() / 2], "it stops in the middle"),
            ("old.json", good.replace("result@1", "result@7").leak().as_bytes(), "interleave/result@7"),
            ("text.json", b"hello", "this is not a result file"),
            ("huge.json", &huge, "it has 60 MB"),
        ];
        for (name, text, why) in cases {
            open(&Scratch::new(name, text)).await;
            page.wait_until(&format!("return document.querySelector('.notices').innerText.includes({why:?})"), why)
                .await;
        }
        assert_eq!(page.script("return document.querySelectorAll('figure.run.done').length").await, json!(0));
        open(&Scratch::new("good.json", good.as_bytes())).await;
        page.wait_until("return document.querySelectorAll('figure.run.done').length === 2", "the run").await;
        let text = page.text().await;
        assert!(text.contains("Somebody else’s run") && text.contains("Measured elsewhere"), "{text}");
        // The settings are those of the run, and it can be run here.
        page.click("#run").await;
        let result = page.result(1).await;
        assert_eq!((result.args.tasks, result.runs.len()), (3, 2));
    });
}
