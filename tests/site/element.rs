//! The element for blogs, on pages that make it hard.

use crate::embedding::{in_a_frame, read};
use e2e::{Blog, Browser, Headers, Site, with_tab};
use serde_json::json;

#[test]
fn two_copies_of_the_script_are_as_good_as_one() {
    let site = Site::new(Headers::None);
    let post = "<!doctype html><title>Blog</title><script>window.uncaught = []; addEventListener('error', ({ message }) => uncaught.push(message))</script>\
                <style>div { display: flex } interleave-lab { flex: 1 }</style><div>\
                <script src=\"INTERLEAVE/embed.js\"></script><interleave-lab id=a tasks=2 sleep=10 modes=sequential></interleave-lab>\
                <script src=\"INTERLEAVE/embed.js?again\"></script><interleave-lab id=b tasks=3 sleep=10 modes=sequential></interleave-lab></div>";
    let blog = Blog::new(Headers::None, &site, post);
    with_tab(Browser::Chromium, async |driver| {
        let page = read(&driver, &blog).await;
        page.script(
            "Promise.all([a.run(), b.run()]).then((all) => { window.tasks = all.map(({ args }) => args.tasks); })",
        )
        .await;
        page.wait_until("return !!window.tasks", "both results").await;
        assert_eq!(page.script("return tasks").await, json!([2, 3]));
        assert_eq!(page.script("return uncaught").await, json!([]));
    });
}

#[test]
fn a_script_that_is_there_before_the_text_shows_the_text() {
    let site = Site::new(Headers::None);
    // As it is when the script comes from the cache: before the rest of the page.
    let post = "<!doctype html><title>Blog</title><script src=\"INTERLEAVE/embed.js\"></script>\
                <interleave-lab id=lab tasks=2 sleep=10 load=visible><a href=\"INTERLEAVE/?tasks=2\">Two tasks that wait</a></interleave-lab>\
                <interleave-lab id=poster tasks=2><a href=\"INTERLEAVE/?tasks=2\">And two more</a></interleave-lab>";
    let blog = Blog::new(Headers::None, &site, post);
    for browser in Browser::ALL {
        with_tab(browser, async |driver| {
            let page = read(&driver, &blog).await;
            let title =
                "return document.getElementById('poster').shadowRoot.querySelector('.poster strong').textContent";
            assert_eq!(page.script(title).await, json!("And two more"), "{browser}");
            let frame = "return document.getElementById('lab').shadowRoot.querySelector('iframe')?.title === 'Interleave: Two tasks that wait'";
            page.wait_until(frame, "the frame's title").await;
            // A poster follows its element.
            page.script("const poster = document.getElementById('poster'); poster.setAttribute('tasks', 5); poster.textContent = 'Five'").await;
            let follows = "const { firstElementChild: it } = document.getElementById('poster').shadowRoot; return it.textContent.startsWith('Five') && it.querySelector('a').href.includes('tasks=5')";
            page.wait_until(follows, "the poster to follow").await;
        });
    }
}

#[test]
fn a_blog_with_a_policy_of_its_own_needs_to_allow_script_and_frame_and_nothing_else() {
    let site = Site::new(Headers::None);
    let post = "<!doctype html><title>Blog</title><meta http-equiv=Content-Security-Policy content=\"default-src 'none'; script-src INTERLEAVE; frame-src INTERLEAVE\">\
                <script async src=\"INTERLEAVE/embed.js\"></script><interleave-lab id=lab tasks=2 sleep=10 cpu=5>Two tasks</interleave-lab>";
    let blog = Blog::new(Headers::None, &site, post);
    for browser in Browser::ALL {
        with_tab(browser, async |driver| {
            let page = read(&driver, &blog).await;
            page.script("window.refused = []; document.addEventListener('securitypolicyviolation', ({ effectiveDirective }) => refused.push(effectiveDirective))").await;
            let style = "return getComputedStyle(document.getElementById('lab').shadowRoot.querySelector('button')).borderRadius";
            assert_eq!(page.script(style).await, json!("8px"), "{browser}");
            page.script("document.getElementById('lab').run().then(({ runs }) => { window.count = runs.length; })")
                .await;
            page.wait_until("return !!window.count", "a result").await;
            let count = if in_a_frame(browser).0 == "shared" { 6 } else { 3 };
            assert_eq!(page.script("return [count, refused]").await, json!([count, []]), "{browser}");
        });
    }
}

#[test]
fn a_blog_whose_policy_refuses_the_frame_is_told_at_once() {
    let site = Site::new(Headers::None);
    let post = "<!doctype html><title>Blog</title><meta http-equiv=Content-Security-Policy content=\"frame-src 'self'\">\
                <script async src=\"INTERLEAVE/embed.js\"></script><interleave-lab id=lab tasks=2></interleave-lab>";
    let blog = Blog::new(Headers::None, &site, post);
    for browser in Browser::ALL {
        with_tab(browser, async |driver| {
            let page = read(&driver, &blog).await;
            page.script("document.getElementById('lab').run().catch(({ code, message }) => { window.why = `${code}: ${message}`; })").await;
            page.wait_until("return !!window.why", "why not").await;
            let why = page.script("return why").await;
            let why = why.as_str().unwrap();
            assert!(why.starts_with("load: ") && why.contains("frame-src"), "{browser}: {why}");
            let link =
                "return document.getElementById('lab').shadowRoot.querySelector('.failure a').href.includes('tasks=2')";
            assert_eq!(page.script(link).await, json!(true), "{browser}: the way out");
        });
    }
}

#[test]
fn a_frame_without_an_origin_hears_what_it_is_asked() {
    let site = Site::new(Headers::None);
    let post = "<!doctype html><title>Blog</title><iframe width=900 height=900 sandbox=allow-scripts srcdoc=\"<!doctype html>\
                <script src='INTERLEAVE/embed.js'></script><interleave-lab id=lab tasks=2 sleep=10></interleave-lab>\"></iframe>";
    let blog = Blog::new(Headers::None, &site, post);
    for browser in Browser::ALL {
        with_tab(browser, async |driver| {
            driver.goto(blog.address()).await.unwrap();
            driver.enter_frame(0).await.unwrap();
            let page = e2e::Page { driver: driver.clone() };
            page.wait_until("return !!customElements.get('interleave-lab')", "the script").await;
            page.script("document.getElementById('lab').run().catch(({ code, message }) => { window.why = `${code}: ${message}`; })").await;
            page.wait_until("return !!window.why", "an answer").await;
            let why = page.script("return why").await;
            let answer = "load: Nothing can be measured here. The page is in a sandboxed frame";
            assert!(why.as_str().unwrap().starts_with(answer), "{browser}: {why}");
        });
    }
}

#[test]
fn a_run_is_a_promise_that_is_always_kept_or_broken() {
    let site = Site::new(Headers::None);
    let post = "<!doctype html><title>Blog</title><script src=\"INTERLEAVE/embed.js\"></script>\
                <interleave-lab id=lab tasks=4 sleep=2000 modes=sequential></interleave-lab>";
    let blog = Blog::new(Headers::None, &site, post);
    with_tab(Browser::Chromium, async |driver| {
        let page = read(&driver, &blog).await;
        page.script("window.ends = []; window.ask = () => lab.run().then(({ args }) => ends.push(args.tasks), ({ code }) => ends.push(code));").await;
        let ends = async |count: usize, what: &str| {
            page.wait_until(&format!("return ends.length === {count}"), what).await;
            page.script("return ends.at(-1)").await
        };
        // Before the lab is there, in mid-run, by another setting in mid-run, and by its element's end.
        page.script("ask(); lab.stop()").await;
        assert_eq!(ends(1, "stopped before it began").await, "stopped");
        let started = "return heard.filter(({ name }) => name === 'started').length === ";
        page.script("ask()").await;
        page.wait_until(&format!("{started}1"), "a run").await;
        page.script("lab.stop()").await;
        assert_eq!(ends(2, "stopped in mid-run").await, "stopped");
        page.script("ask()").await;
        page.wait_until(&format!("{started}2"), "another run").await;
        page.script("lab.setAttribute('sleep', 10)").await;
        assert_eq!(ends(3, "another lab").await, "stopped");
        page.script("ask(); ask()").await;
        page.wait_until("return ends.length === 5", "one result for both").await;
        assert_eq!(page.script("return ends.slice(3)").await, json!([4, 4]));
        page.script("ask(); window.taken = lab; lab.remove()").await;
        assert_eq!(ends(6, "taken out").await, "stopped");
        page.script("taken.run().catch(({ code }) => ends.push(code))").await;
        assert_eq!(ends(7, "in no page").await, "load");
    });
}
