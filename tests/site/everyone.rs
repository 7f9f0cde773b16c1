//! The page for everyone: by touch, with large text, with the system's own colours, without motion.

use e2e::{Browser, Headers, Page, Site, set_screen, with_tab};
use serde_json::{Value, json};
use thirtyfour::WebDriver;

const LAPTOP: [u32; 2] = [1280, 800];
const PHONE: [u32; 2] = [390, 844];
const QUERY: &str = "tasks=3&sleep=20&cpu=10";

/// Makes the system prefer something; nothing takes everything back.
async fn prefer(driver: &WebDriver, features: Value) {
    driver.cdp().send_raw("Emulation.setEmulatedMedia", json!({ "features": features })).await.expect("a preference");
}

/// What a finger has to meet.
const EVERYTHING: &str = "#run, .settings > :not(.more) :is(button, input), .settings > button, .settings summary, .rows :is(button, input), .axis-row button, .timeline-bar :is(button, input, select)";

/// Of those elements that can be seen, those that a finger of 44 pixels would miss.
const SMALL: &str = "
  const small = [];
  for (const it of document.querySelectorAll('CSS')) {
    if (!it.checkVisibility() || it.disabled) continue;
    it.scrollIntoView({ block: 'center' });
    const { x, y, width, height } = it.getBoundingClientRect();
    const [midX, midY] = [x + width / 2, y + height / 2];
    const label = it.closest('label');
    const hits = (x, y) => {
      const hit = document.elementFromPoint(x, y);
      return !!hit && (it.contains(hit) || (!!label && label.contains(hit)));
    };
    const reach = (dx, dy) => { let far = 0; while (far < 60 && hits(midX + (far + 1) * dx, midY + (far + 1) * dy)) far++; return far; };
    const [wide, high] = [reach(-1, 0) + reach(1, 0) + 1, reach(0, -1) + reach(0, 1) + 1];
    if (wide < 44 || high < 44) small.push([it.outerHTML.slice(0, 90), Math.round(wide), Math.round(high)]);
  }
  return small;";

#[test]
fn a_finger_meets_every_row_and_control() {
    let site = Site::new(Headers::Isolated);
    with_tab(Browser::Chromium, async |driver| {
        set_screen(&driver, PHONE).await;
        let page = Page::open(&driver, &site.url(QUERY)).await;
        let misses = async |css: &str| page.script(&SMALL.replace("CSS", css)).await;
        assert_eq!(misses(EVERYTHING).await, json!([]), "idle");
        page.click(".more > summary").await;
        assert_eq!(misses(".more :is(button, select, input, summary)").await, json!([]), "more settings");
        page.click(".more > summary").await;
        page.run().await;
        assert_eq!(misses(EVERYTHING).await, json!([]), "done");
        page.click("[data-run=threads] button.row").await;
        assert_eq!(misses(EVERYTHING).await, json!([]), "a row is open");
    });
}

/// What of the page cannot be read: Run and rows that are hidden, what lies over each other, texts that are cut.
const HIDDEN: &str = "
  const wrong = [];
  const box = (it) => it.getBoundingClientRect();
  const say = (what, it) => wrong.push(what + ': ' + it.outerHTML.slice(0, 90) + ' ' + JSON.stringify(box(it)));
  const run = document.querySelector('#run');
  const { x, y, width, height } = box(run);
  if (!run.contains(document.elementFromPoint(x + width / 2, y + height / 2))) say('covered', run);
  const rows = [...document.querySelectorAll('figure.run')];
  if (rows.length !== 6) wrong.push(rows.length + ' rows');
  const parts = [run, document.querySelector('h1'), ...rows.flatMap((row) => [...row.querySelectorAll('.tick, .row, canvas, .result strong, .result small')])]
    .filter((it) => it.checkVisibility() && it.textContent + it.tagName !== 'STRONG' && it.textContent + it.tagName !== 'SMALL');
  for (const it of parts) {
    if (box(it).width < 4 || box(it).height < 4) say('no room', it);
    if (box(it).left < 0 || box(it).right > innerWidth + 1) say('beside the screen', it);
    if (!/CANVAS|LABEL/.test(it.tagName) && it.scrollWidth > it.clientWidth + 1 && getComputedStyle(it).display !== 'inline') say('cut', it);
  }
  parts.forEach((one, at) => parts.slice(0, at).forEach((other) => {
    const [a, b] = [box(one), box(other)];
    const over = [Math.min(a.right, b.right) - Math.max(a.left, b.left), Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top)];
    if (!one.contains(other) && !other.contains(one) && over.every((by) => by > 2)) say('lies over ' + other.outerHTML.slice(0, 60), one);
  }));
  if (document.documentElement.scrollWidth > innerWidth) wrong.push('wider than the screen: ' + document.documentElement.scrollWidth);
  return wrong;";

async fn nothing_is_hidden(page: &Page, when: &str) {
    page.script("scrollTo(0, 0)").await;
    assert_eq!(page.script(HIDDEN).await, json!([]), "{when}");
}

#[test]
fn text_twice_as_large_hides_nothing() {
    let site = Site::new(Headers::Isolated);
    with_tab(Browser::Chromium, async |driver| {
        for screen in [LAPTOP, PHONE] {
            set_screen(&driver, screen).await;
            let page = Page::open(&driver, &site.url(QUERY)).await;
            page.script("document.documentElement.style.fontSize = '32px'").await;
            nothing_is_hidden(&page, &format!("{screen:?}, idle")).await;
            page.run().await;
            nothing_is_hidden(&page, &format!("{screen:?}, done")).await;
            page.click("[data-run=threads] button.row").await;
            nothing_is_hidden(&page, &format!("{screen:?}, open")).await;
        }
    });
}

/// Whether what has no text is seen in the system's own colours: the legend's colours, the edges of Run and Stop.
const EDGES: &str = "
  const ground = getComputedStyle(document.body).backgroundColor;
  const colours = [...document.querySelectorAll('.timeline-bar .swatch:not(.bound)')].map((it) => getComputedStyle(it).backgroundColor);
  const edge = getComputedStyle(document.querySelector('#run'));
  return [new Set(colours).size, colours.includes(ground), parseFloat(edge.borderTopWidth) > 0 && edge.borderTopStyle];";

#[test]
fn the_systems_own_colours_hide_nothing() {
    let site = Site::new(Headers::Isolated);
    with_tab(Browser::Chromium, async |driver| {
        for scheme in ["light", "dark"] {
            let features = json!([{ "name": "forced-colors", "value": "active" }, { "name": "prefers-color-scheme", "value": scheme }]);
            prefer(&driver, features).await;
            set_screen(&driver, LAPTOP).await;
            let page = Page::open(&driver, &site.url(QUERY)).await;
            assert_eq!(page.script("return matchMedia('(forced-colors: active)').matches").await, json!(true));
            nothing_is_hidden(&page, &format!("{scheme}, idle")).await;
            page.run().await;
            nothing_is_hidden(&page, &format!("{scheme}, done")).await;
            assert_eq!(page.script(EDGES).await, json!([6, false, "solid"]), "{scheme}");
        }
        prefer(&driver, json!([])).await;
    });
}

#[test]
fn nothing_moves_for_those_who_want_no_motion() {
    let site = Site::new(Headers::Isolated);
    with_tab(Browser::Chromium, async |driver| {
        prefer(&driver, json!([{ "name": "prefers-reduced-motion", "value": "reduce" }])).await;
        let page = Page::open(&driver, &site.url("tasks=8&sleep=100&cpu=10")).await;
        page.click("#run").await;
        page.wait_until("return !!document.querySelector('figure.run.live')", "a row goes on").await;
        // Twenty looks in a second: a transition may be short.
        let moving = page
            .driver
            .execute_async(
                "const done = arguments[arguments.length - 1]; const seen = new Set(); let looks = 0; \
                 const look = () => { for (const it of document.getAnimations()) if (it.playState === 'running') seen.add(it.effect?.target?.className ?? ''); \
                   if (++looks < 20) setTimeout(look, 50); else done([...seen]); }; look();",
                vec![],
            )
            .await
            .unwrap();
        assert_eq!(*moving.json(), json!([]));
        page.result(1).await;
        prefer(&driver, json!([])).await;
    });
}

#[test]
fn drawings_follow_the_systems_colours() {
    let site = Site::new(Headers::Isolated);
    with_tab(Browser::Chromium, async |driver| {
        let system = async |scheme: &str| {
            prefer(&driver, json!([{ "name": "prefers-color-scheme", "value": scheme }])).await;
        };
        system("light").await;
        let page = Page::open(&driver, &site.url(QUERY)).await;
        page.run().await;
        // How bright the words of the time axis are, on average.
        let bright = "const canvas = document.querySelector('canvas.axis'); \
            const { data } = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height); let [sum, weight] = [0, 0]; \
            for (let at = 0; at < data.length; at += 4) { sum += data[at] * data[at + 3]; weight += data[at + 3]; } return sum / weight > 128";
        page.wait_until(&format!("{bright} === false"), "dark on light").await;
        system("dark").await;
        page.wait_until(&format!("{bright} === true"), "light on dark").await;
        prefer(&driver, json!([])).await;
    });
}

/// A finger's tap in the middle of what a selector finds.
async fn tap(page: &Page, css: &str) {
    let middle = format!(
        "const it = document.querySelector({css:?}); it.scrollIntoView({{ block: 'center' }}); \
         const {{ x, y, width, height }} = it.getBoundingClientRect(); return [x + width / 2, y + height / 2]"
    );
    let middle = page.script(&middle).await;
    let point = json!([{ "x": middle[0], "y": middle[1] }]);
    for (kind, points) in [("touchStart", point), ("touchEnd", json!([]))] {
        let event = json!({ "type": kind, "touchPoints": points });
        page.driver.cdp().send_raw("Input.dispatchTouchEvent", event).await.expect("a touch");
    }
}

#[test]
fn a_tap_opens_a_row() {
    let site = Site::new(Headers::Isolated);
    with_tab(Browser::Chromium, async |driver| {
        set_screen(&driver, PHONE).await;
        let touch = async |enabled: bool| {
            let how = json!({ "enabled": enabled, "maxTouchPoints": 5 });
            driver.cdp().send_raw("Emulation.setTouchEmulationEnabled", how).await.expect("touch");
        };
        touch(true).await;
        let page = Page::open(&driver, &site.url(QUERY)).await;
        page.run().await;
        for (css, slug) in [("[data-run=pool] canvas.lanes", "pool"), ("[data-run=threads] button.row", "threads")] {
            tap(&page, css).await;
            let open = format!("return document.querySelector('[data-run={slug}]').ariaExpanded === 'true'");
            page.wait_until(&open, slug).await;
        }
        touch(false).await;
    });
}
