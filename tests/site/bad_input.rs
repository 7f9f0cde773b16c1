//! What cannot be used is named, and the page works.

use e2e::{Browser, Headers, Page, Site, with_tab};

#[test]
fn every_bad_argument_is_named_with_what_is_used_instead() {
    let site = Site::new(Headers::Isolated);
    let long = format!("plan={}", "s1%2B".repeat(4000));
    let cases = [
        ("lab=nonsense", "lab", "compare is used", None),
        ("modes=teleport,pool", "modes", "teleport", Some(("modes", serde_json::json!(["pool"])))),
        ("tasks=99999", "tasks", "64 is used", Some(("tasks", 64.into()))),
        ("sleep=-1", "sleep", "0 is used", Some(("sleep", 0.into()))),
        ("sleep=abc", "sleep", "200 is used", Some(("sleep", 200.into()))),
        ("plan=nonsense", "plan", "is no plan", Some(("tasks", 8.into()))),
        (&long, "address", "are ignored", Some(("tasks", 8.into()))),
        ("no-such-argument=1", "no-such-argument", "is ignored", None),
    ];
    with_tab(Browser::Chromium, async |driver| {
        for (query, argument, text, arg) in cases {
            let page = Page::open(&driver, &site.url(query)).await;
            let notice = page.find(&format!("[data-argument={argument}]")).await;
            let notice = notice.unwrap_or_else(|error| panic!("{query}: {error}")).text().await.unwrap();
            assert!(notice.contains(text), "{query}: {notice}");
            assert_eq!(page.uncaught().await, serde_json::json!([]), "{query}");
            if let Some((name, value)) = arg {
                // Not run with 64 tasks of 200 ms: what is in force shows as soon as a run starts.
                page.click("#run").await;
                let started = page.wait_for("started", 1, std::time::Duration::from_secs(10)).await;
                assert_eq!(started["args"][name], value, "{query}");
            }
            let errors: Vec<_> = page.events().await.into_iter().filter(|event| event.name == "error").collect();
            assert_eq!(errors, [], "an invalid argument is a notice, not an error");
        }
    });
}
