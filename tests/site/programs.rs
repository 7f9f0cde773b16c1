//! The settings as programs, which the page fetches the layouts of.

use e2e::{Blog, Browser, Headers, Page, Site, with_tab};
use interleave_labs::Values;
use interleave_labs::code::Language;
use serde_json::json;

/// Opens the panel, and waits until a program is in it.
pub async fn open(page: &Page) {
    page.click(".programs summary").await;
    page.wait_until("return !!document.querySelector('.programs pre')", "a program").await;
}

/// Chooses each language and program of a lab, and compares what is shown with what is meant.
async fn check_all(page: &Page, lab: &str, query: &str) {
    // The layouts as they are beside the code.
    let folder = format!("{}/../crates/labs/src/{lab}/code", env!("CARGO_MANIFEST_DIR"));
    let layouts = |name: &str| std::fs::read_to_string(format!("{folder}/{name}")).ok();
    let lab = interleave_labs::lab(lab).expect("a lab");
    let sheet = lab.sheet();
    let (values, notices) = Values::from_query(&sheet.controls, query);
    assert_eq!(notices, []);
    for (language, (program, _)) in
        Language::ALL.into_iter().flat_map(|known| sheet.programs.iter().map(move |it| (known, it)))
    {
        let choose = |name: &str, value: &str| {
            format!(
                "const {{ parentNode }} = document.querySelector('.programs [name={name}] [value={value}]'); \
                 parentNode.value = '{value}'; parentNode.dispatchEvent(new Event('change', {{ bubbles: true }}))"
            )
        };
        page.script(&choose("language", language.slug())).await;
        page.script(&choose("program", program)).await;
        let expected = lab.program(&values, program, language, &layouts).expect("its layouts").text;
        let shown = format!("return document.querySelector('.programs pre').textContent === {}", json!(expected));
        page.wait_until(&shown, &format!("{program} in {language:?}")).await;
    }
}

#[test]
fn they_are_fetched_when_the_reader_opens_the_panel() {
    let site = Site::new(Headers::Isolated);
    let query = "plan=s20*2%2Bc5&pool=3";
    with_tab(Browser::Chromium, async |driver| {
        let page = Page::open(&driver, &site.url(query)).await;
        let fetched =
            "return performance.getEntriesByType('resource').filter(({ name }) => name.includes('/programs-')).length";
        assert_eq!(page.script(fetched).await, 0);
        open(&page).await;
        check_all(&page, "compare", query).await;
        page.click(".programs summary").await;
        page.wait_until("return !document.querySelector('.programs pre')", "nothing").await;
        open(&page).await;
        assert_eq!(page.script(fetched).await, 1, "once is enough");
    });
}

#[test]
fn a_program_opens_in_the_lab_that_runs_it() {
    let site = Site::new(Headers::Isolated);
    with_tab(Browser::Chromium, async |driver| {
        let page = Page::open(&driver, &site.url("plan=s20*2%2Bc5&pool=3")).await;
        open(&page).await;
        let text = page.script("return document.querySelector('.programs pre').textContent").await;
        let link = page.script("return document.querySelector('.programs .actions a').href").await;
        let page = Page::open(&driver, link.as_str().expect("a link")).await;
        let has = format!("return [...document.querySelectorAll('textarea')].some(({{ value }}) => value === {text})");
        page.wait_until(&has, "the program in an editor").await;
        page.click("#run").await;
        let result = page.result_text(1).await;
        assert!(result.contains("all done after"), "{result}");
    });
}

#[test]
fn a_sandboxed_frame_has_them_too() {
    let post = "<!doctype html><title>Blog</title><iframe width=900 height=900 sandbox=allow-scripts src=\"INTERLEAVE/?tasks=2\"></iframe>";
    for browser in Browser::ALL {
        let site = Site::new(Headers::None);
        let blog = Blog::new(Headers::None, &site, post);
        with_tab(browser, async |driver| {
            driver.goto(blog.address()).await.unwrap();
            driver.enter_frame(0).await.unwrap();
            let page = Page { driver: driver.clone() };
            page.status("Nothing can be measured").await;
            open(&page).await;
        });
    }
}
