//! The page under test, and the contract's events as it sends them.

use crate::result::{Compared, read};
use interleave_labs::Values;
use interleave_labs::lab::{Lab, Measured};
use interleave_labs::result::Host;
use serde_json::{Value, json};
use std::time::{Duration, Instant};
use thirtyfour::error::WebDriverResult;
use thirtyfour::prelude::*;

/// An event of the contract: its name without `interleave:`, and its detail.
#[derive(Clone, Debug, PartialEq)]
pub struct Event {
    /// `ready`, `started`, `result`, `error` or `resize`.
    pub name: String,
    /// The event's `detail`.
    pub detail: Value,
}

/// Put first into the page, before any of its own scripts: keeps every event, every uncaught error, and every refused load.
pub const COLLECTOR: &str = r"<script>
  window.collected = [];
  window.uncaught = [];
  for (const name of ['ready', 'started', 'result', 'error', 'resize'])
    addEventListener('interleave:' + name, (event) => collected.push({ name, detail: event.detail ?? null }));
  addEventListener('error', (event) => uncaught.push(String(event.message)));
  addEventListener('unhandledrejection', (event) => uncaught.push(String(event.reason)));
</script>";

/// Makes the pages of the tab that is in front as wide as this, in CSS pixels. Chromium only.
///
/// # Panics
/// If the browser refuses.
pub async fn set_width(driver: &WebDriver, width: u32) {
    set_screen(driver, [width, 740]).await;
}

/// Makes the pages of the tab that is in front as wide and as high as this, in CSS pixels, as on a phone if they are narrow: a window
/// cannot be narrower than 500. Chromium only.
///
/// # Panics
/// If the browser refuses.
pub async fn set_screen(driver: &WebDriver, [width, height]: [u32; 2]) {
    let screen = json!({ "width": width, "height": height, "deviceScaleFactor": 2, "mobile": width < 500 });
    driver.cdp().send_raw("Emulation.setDeviceMetricsOverride", screen).await.expect("a screen");
}

/// A page of the site, open in a browser.
#[derive(Clone, Debug)]
pub struct Page {
    /// The browser.
    pub driver: WebDriver,
}

impl Page {
    /// Opens `url` and waits until the page is ready for a run.
    ///
    /// # Panics
    /// If it is not after 30 s.
    pub async fn open(driver: &WebDriver, url: &str) -> Page {
        driver.goto(url).await.expect("the page to load");
        let page = Page { driver: driver.clone() };
        page.wait_for("ready", 1, Duration::from_secs(30)).await;
        page.whole().await;
        page
    }

    /// Opens `url`, where no events are collected, and waits until the page says that it is ready.
    ///
    /// # Panics
    /// If it does not within 30 s.
    pub async fn visit(driver: &WebDriver, url: &str) -> Page {
        driver.goto(url).await.expect("the page to load");
        let page = Page { driver: driver.clone() };
        page.status("Ready.").await;
        page.whole().await;
        page
    }

    /// Waits for the last part of the page: it can run before.
    async fn whole(&self) {
        self.driver.query(By::Css(".tier")).first().await.expect("the whole page");
    }

    /// Waits until the page, or the frame that is looked at, has a status that starts with `text`.
    ///
    /// # Panics
    /// If it has not within 30 s.
    pub async fn status(&self, text: &str) {
        self.wait_until(
            &format!("return (document.querySelector('.status')?.innerText ?? '').startsWith({text:?})"),
            text,
        )
        .await;
    }

    /// Waits until a script returns true.
    ///
    /// # Panics
    /// If it does not within 30 s.
    pub async fn wait_until(&self, script: &str, what: &str) {
        let deadline = Instant::now() + Duration::from_secs(30);
        // While a page is loaded again, there may be none to ask.
        while self
            .driver
            .execute(script, Vec::new())
            .await
            .ok()
            .is_none_or(|answer| *answer.json() != Value::Bool(true))
        {
            assert!(Instant::now() < deadline, "not within 30 s: {what}");
            tokio::time::sleep(Duration::from_millis(200)).await;
        }
    }

    /// Runs what is set up here and waits for the end; each mode's figures, as the page shows them.
    ///
    /// # Panics
    /// If it does not end.
    pub async fn run(&self) -> Vec<(String, String)> {
        self.click("#run").await;
        self.status("Done.").await;
        let script = "return [...document.querySelectorAll('figure.run.done')].map((f) => [f.querySelector('h2').innerText, f.querySelector('.result').innerText])";
        let runs = self.script(script).await;
        let text = |value: &Value| value.as_str().unwrap_or("").to_owned();
        runs.as_array().into_iter().flatten().map(|run| (text(&run[0]), text(&run[1]))).collect()
    }

    /// What the browser's console has been told. Chromium only.
    ///
    /// # Panics
    /// If the browser does not tell.
    pub async fn console(&self) -> Vec<String> {
        let log = self.driver.browser_log().await.expect("a log");
        log.into_iter().map(|entry| entry.message).collect()
    }

    /// What the page has found out about sharing memory: which, and why.
    pub async fn place(&self) -> (String, String) {
        let data = self.script("return document.documentElement.dataset").await;
        (data["memory"].as_str().unwrap_or("").to_owned(), data["why"].as_str().unwrap_or("").to_owned())
    }

    /// All events so far.
    ///
    /// # Panics
    /// If the page has not been given the collector.
    pub async fn events(&self) -> Vec<Event> {
        let value = self.script("return JSON.stringify(window.collected || [])").await;
        // While a page is loaded again, there may be none to ask.
        let events: Vec<Value> = serde_json::from_str(value.as_str().unwrap_or("[]")).expect("JSON");
        let event = |value: Value| Event {
            name: value["name"].as_str().unwrap_or("").to_owned(),
            detail: value["detail"].clone(),
        };
        events.into_iter().map(event).collect()
    }

    /// Waits for the `count`th event called `name`; its detail.
    ///
    /// # Panics
    /// If it has not come after `patience`.
    pub async fn wait_for(&self, name: &str, count: usize, patience: Duration) -> Value {
        let deadline = Instant::now() + patience;
        loop {
            let events = self.events().await;
            if let Some(event) = events.iter().filter(|event| event.name == name).nth(count - 1) {
                return event.detail.clone();
            }
            if Instant::now() > deadline {
                let seen: Vec<_> = events.iter().filter(|event| event.name != "resize").collect();
                panic!(
                    "no {name} #{count} within {patience:?}; there were {seen:?}; uncaught: {}",
                    self.uncaught().await
                );
            }
            // Seldom: each look takes time from the cores that are measured.
            tokio::time::sleep(Duration::from_millis(250)).await;
        }
    }

    /// Waits for the `count`th result; its text.
    ///
    /// # Panics
    /// If none comes within 60 s.
    pub async fn result_text(&self, count: usize) -> String {
        self.wait_for("result", count, Duration::from_secs(60)).await["result"].to_string()
    }

    /// Waits for the `count`th result, which is of the lab `L`, and reads it as strictly as an opened file.
    ///
    /// # Panics
    /// If none comes within 60 s, or it is not of the schema.
    pub async fn result_of<L: Lab>(&self, count: usize) -> (Values, Host, Measured<L::Data>) {
        let text = self.result_text(count).await;
        read::<L>(&text).unwrap_or_else(|error| panic!("{error}: {text}"))
    }

    /// Waits for the `count`th result, which is of `compare`, and reads it as strictly as an opened file.
    ///
    /// # Panics
    /// If none comes within 60 s, or it is not of the schema.
    pub async fn result(&self, count: usize) -> Compared {
        let text = self.result_text(count).await;
        Compared::read(&text).unwrap_or_else(|error| panic!("{error}: {text}"))
    }

    /// Errors that nothing in the page caught, as a JSON list.
    pub async fn uncaught(&self) -> Value {
        self.script("return window.uncaught || []").await
    }

    /// Runs a script in the page.
    ///
    /// # Panics
    /// If the script throws.
    pub async fn script(&self, script: &str) -> Value {
        self.driver.execute(script, Vec::new()).await.expect("the script to run").json().clone()
    }

    /// The one element that matches a CSS selector.
    ///
    /// # Errors
    /// If there is none.
    pub async fn find(&self, css: &str) -> WebDriverResult<WebElement> {
        self.driver.find(By::Css(css)).await
    }

    /// Presses an element, once it is there.
    ///
    /// # Panics
    /// If it cannot be pressed.
    pub async fn click(&self, css: &str) {
        let found = self.driver.query(By::Css(css)).first().await;
        let element = found.unwrap_or_else(|error| panic!("{css}: {error}"));
        element.scroll_into_view().await.expect("to scroll");
        element.click().await.unwrap_or_else(|error| panic!("{css}: {error}"));
    }

    /// All text of the page that can be seen.
    ///
    /// # Panics
    /// If the page has no body.
    pub async fn text(&self) -> String {
        self.script("return document.body.innerText").await.as_str().unwrap_or("").to_owned()
    }
}
