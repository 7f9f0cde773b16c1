//! Labs in a blog on another origin, which sends no headers.

use e2e::{Blog, Browser, Headers, POST, Page, Site, alone, with_tab};
use serde_json::json;
use thirtyfour::WebDriver;

/// What a browser can do in another site's frame.
pub fn in_a_frame(browser: Browser) -> (&'static str, usize) {
    match browser {
        Browser::Chromium => ("shared", 6),
        Browser::Firefox | Browser::WebKit => ("separate", 3),
    }
}

/// Opens the blog.
pub async fn read(driver: &WebDriver, blog: &Blog) -> Page {
    driver.goto(blog.address()).await.expect("the blog to load");
    let page = Page { driver: driver.clone() };
    page.wait_until("return !!customElements.get('interleave-lab')", "the blog's script").await;
    page
}

async fn heard(page: &Page, condition: &str) {
    page.wait_until(&format!("return heard.some(({{ from, name, detail }}) => {condition})"), condition).await;
}

#[test]
fn in_a_plain_frame_every_browser_runs_what_it_can_and_says_why_not_the_rest() {
    let post = "<!doctype html><title>Blog</title><iframe width=900 height=900 src=\"INTERLEAVE/?tasks=2&sleep=10&cpu=5&embed\"></iframe>";
    for browser in Browser::ALL {
        let site = Site::new(Headers::None);
        let blog = Blog::new(Headers::None, &site, post);
        with_tab(browser, async |driver| {
            driver.goto(blog.address()).await.unwrap();
            driver.enter_frame(0).await.unwrap();
            let page = Page { driver: driver.clone() };
            page.status("Ready.").await;
            let (memory, modes) = in_a_frame(browser);
            assert_eq!(page.place().await.0, memory, "{browser}");
            assert_eq!(page.run().await.len(), modes, "{browser}");
            let text = page.text().await;
            let why = "in another site’s frame, and this browser cannot isolate a frame";
            assert_eq!(text.contains(why), browser != Browser::Chromium, "{browser}: {text}");
        });
    }
}

#[test]
fn a_sandboxed_frame_shows_a_recorded_run_and_the_way_out() {
    let post = "<!doctype html><title>Blog</title><iframe width=900 height=900 sandbox=allow-scripts src=\"INTERLEAVE/?tasks=2&sleep=10&embed\"></iframe>";
    for browser in Browser::ALL {
        let site = Site::new(Headers::None);
        let blog = Blog::new(Headers::None, &site, post);
        with_tab(browser, async |driver| {
            driver.goto(blog.address()).await.unwrap();
            driver.enter_frame(0).await.unwrap();
            let page = Page { driver: driver.clone() };
            page.status("Nothing can be measured").await;
            let text = page.text().await;
            assert!(text.contains("A recorded run, measured elsewhere"), "{browser}: {text}");
            assert!(page.script("return document.querySelectorAll('figure.run.done').length").await.as_u64() > Some(2));
            let link = page.find(".place a").await.unwrap().attr("href").await.unwrap().unwrap();
            assert!(link.contains("lab=compare&tasks=") && !link.contains("embed"), "{link}");
        });
    }
}

#[test]
fn an_isolated_blog_may_embed_too() {
    let site = Site::new(Headers::None);
    // A host without headers cannot give such a blog its script: so a frame, with the attribute that lets it in.
    let post = "<!doctype html><title>Blog</title><iframe credentialless allow=cross-origin-isolated width=900 height=900 \
                src=\"INTERLEAVE/?tasks=2&sleep=10&embed\"></iframe>";
    let blog = Blog::new(Headers::Isolated, &site, post);
    with_tab(Browser::Chromium, async |driver| {
        driver.goto(blog.address()).await.unwrap();
        let page = Page { driver: driver.clone() };
        assert_eq!(page.script("return crossOriginIsolated").await, json!(true));
        driver.enter_frame(0).await.unwrap();
        page.status("Ready.").await;
        assert_eq!(page.place().await.0, "shared");
        assert_eq!(page.run().await.len(), 6);
    });
}

#[test]
fn the_blog_of_the_readme_works_in_every_browser() {
    for browser in Browser::ALL {
        let site = Site::new(Headers::None);
        let blog = Blog::new(Headers::None, &site, POST);
        with_tab(browser, async |driver| {
            let page = read(&driver, &blog).await;
            // A poster is no frame yet, and its link works without any script.
            let poster =
                "return !!document.getElementById('waiting').shadowRoot.querySelector('.poster a[href*=\"tasks=8\"]')";
            assert_eq!(page.script(poster).await, json!(true), "{browser}");
            page.script("document.getElementById('waiting').run()").await;
            heard(&page, "from === 'waiting' && name === 'result' && detail.result.schema === 'interleave/result@1'")
                .await;
            let runs = page.script("return document.getElementById('waiting').result.runs.length").await;
            let all = if in_a_frame(browser).0 == "shared" { 4 } else { 2 };
            assert_eq!(runs, json!(all), "{browser}");
            // The second one loads when it comes into view, with the theme of its attribute, and follows that.
            page.script("document.getElementById('computing').scrollIntoView()").await;
            let frame = "return document.getElementById('computing').shadowRoot.querySelector('iframe')";
            page.wait_until(&frame.replace("return ", "return !!"), "the second lab").await;
            // It may have been ready before anybody listened.
            driver.execute(frame, vec![]).await.unwrap().element().unwrap().enter_frame().await.unwrap();
            page.status("Ready.").await;
            driver.enter_default_frame().await.unwrap();
            let theme = async || {
                let frame = driver.execute(frame, vec![]).await.unwrap().element().unwrap();
                frame.enter_frame().await.unwrap();
                let theme = page.script("return document.documentElement.dataset.theme").await;
                driver.enter_default_frame().await.unwrap();
                theme
            };
            assert_eq!(theme().await, "light", "{browser}");
            page.script("document.getElementById('computing').setAttribute('theme', 'dark')").await;
            tokio::time::sleep(std::time::Duration::from_millis(500)).await;
            assert_eq!(theme().await, "dark", "{browser}");
            page.script("document.getElementById('computing').run()").await;
            heard(&page, "from === 'computing' && name === 'result'").await;
        });
    }
}

#[test]
fn of_several_labs_on_a_page_one_runs_at_a_time_and_none_out_of_sight() {
    let site = Site::new(Headers::None);
    let post = "<!doctype html><title>Blog</title><script async src=\"INTERLEAVE/embed.js\"></script>\
                <div style=\"display: flex\"><interleave-lab id=a tasks=4 sleep=300 modes=sequential style=\"flex: 1\"></interleave-lab>\
                <interleave-lab id=b tasks=4 sleep=300 modes=sequential style=\"flex: 1\"></interleave-lab></div>\
                <p style=\"height: 4000px\"></p>";
    let blog = Blog::new(Headers::None, &site, post);
    alone(Browser::Chromium, async |driver| {
        let page = read(&driver, &blog).await;
        for id in ["a", "b"] {
            page.script(&format!("document.getElementById('{id}').shadowRoot.querySelector('.poster button').click()"))
                .await;
            heard(&page, &format!("from === '{id}' && name === 'ready'")).await;
        }
        assert_eq!(e2e::worker_threads(), 0, "no worker starts before somebody runs a lab");
        page.script("document.getElementById('a').run(); document.getElementById('b').run()").await;
        heard(&page, "name === 'result'").await;
        heard(&page, "name === 'result' && heard.filter(({ name }) => name === 'result').length === 2").await;
        let order = page
            .script("return heard.map(({ name }) => name).filter((name) => name === 'started' || name === 'result')")
            .await;
        assert_eq!(order, json!(["started", "result", "started", "result"]));
        // Out of sight it stops.
        page.script("document.getElementById('a').run()").await;
        heard(&page, "name === 'started' && heard.filter(({ name }) => name === 'started').length === 3").await;
        page.script("scrollTo(0, 3500)").await;
        heard(&page, "from === 'a' && name === 'error' && detail.code === 'stopped'").await;
    });
}

#[test]
fn the_height_follows_the_content_up_and_down_and_then_rests() {
    let site = Site::new(Headers::None);
    let post = "<!doctype html><title>Blog</title><script async src=\"INTERLEAVE/embed.js\"></script>\
                <interleave-lab id=a tasks=4 sleep=10 modes=sequential load=visible></interleave-lab>";
    let blog = Blog::new(Headers::None, &site, post);
    with_tab(Browser::Chromium, async |driver| {
        let page = read(&driver, &blog).await;
        heard(&page, "name === 'resize'").await;
        let fits = "const frame = document.getElementById('a').shadowRoot.querySelector('iframe'); \
                    const told = heard.filter(({ name }) => name === 'resize').at(-1)?.detail.height; \
                    return frame.height == told && frame.clientHeight === told";
        page.wait_until(fits, "the frame is as high as its content").await;
        let height = async || {
            page.script("return document.getElementById('a').shadowRoot.querySelector('iframe').clientHeight")
                .await
                .as_i64()
                .unwrap()
        };
        let before = height().await;
        page.script("document.getElementById('a').setAttribute('tasks', 40); document.getElementById('a').setAttribute('modes', 'event-loop')").await;
        page.wait_until(
            &format!("return document.getElementById('a').shadowRoot.querySelector('iframe').clientHeight > {before}"),
            "it grows",
        )
        .await;
        page.script("document.getElementById('a').setAttribute('tasks', 2)").await;
        page.wait_until(
            &format!(
                "return document.getElementById('a').shadowRoot.querySelector('iframe').clientHeight < {before} + 60"
            ),
            "it shrinks",
        )
        .await;
        tokio::time::sleep(std::time::Duration::from_secs(1)).await;
        let count = page.script("return heard.length").await;
        tokio::time::sleep(std::time::Duration::from_secs(1)).await;
        assert_eq!(page.script("return heard.length").await, count, "no feedback between frame and content");
        // The frame has no scroll bar of its own.
        page.wait_until(fits, "the frame is as high as its content again").await;
    });
}

#[test]
fn a_foreign_message_or_one_of_unknown_shape_is_ignored() {
    let site = Site::new(Headers::None);
    with_tab(Browser::Chromium, async |driver| {
        let page = Page::open(&driver, &site.url("tasks=2&sleep=10&modes=sequential")).await;
        for data in [
            "{ type: 'interleave:run' }",
            "'interleave:run'",
            "null",
            "{ type: 7 }",
            "{ type: 'interleave:theme', theme: {} }",
        ] {
            page.script(&format!("postMessage({data}, '*')")).await;
        }
        tokio::time::sleep(std::time::Duration::from_millis(500)).await;
        let names: Vec<_> =
            page.events().await.into_iter().map(|event| event.name).filter(|name| name != "resize").collect();
        assert_eq!(names, ["ready"], "a page that is not framed takes no orders");
        assert_eq!(page.uncaught().await, json!([]));
    });
}
