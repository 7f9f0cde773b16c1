//! A real browser, driven over WebDriver.

use crate::from_xtask;
use futures_util::FutureExt;
use serde_json::json;
use std::fmt;
use std::future::Future;
use std::io::{BufRead, BufReader};
use std::net::TcpListener;
use std::panic::{AssertUnwindSafe, resume_unwind};
use std::process::{Child, Command, Stdio};
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};
use thirtyfour::{Capabilities, WebDriver};

/// The browsers the site is tested in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Browser {
    /// Chromium, headless.
    Chromium,
    /// Firefox, headless.
    Firefox,
    /// WebKitGTK's MiniBrowser, on a screen that nobody sees.
    WebKit,
}

impl Browser {
    /// All of them.
    pub const ALL: [Browser; 3] = [Browser::Chromium, Browser::Firefox, Browser::WebKit];
}

impl fmt::Display for Browser {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{self:?}")
    }
}

/// Only one browser at a time: two would disturb each other's threads.
static ONE_AT_A_TIME: Mutex<()> = Mutex::new(());

/// Starts `browser`, hands it to `test`, and closes it again whether the test passes or not; what the test gives back.
///
/// # Panics
/// If the browser does not start, or the test panics.
pub fn with_browser<T, F: Future<Output = T>>(browser: Browser, test: impl FnOnce(WebDriver) -> F) -> T {
    let _alone = ONE_AT_A_TIME.lock().unwrap_or_else(PoisonError::into_inner);
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a tokio runtime");
    runtime.block_on(async {
        let process = DriverProcess::start(browser);
        let driver = process.connect(browser).await;
        let outcome = AssertUnwindSafe(test(driver.clone())).catch_unwind().await;
        driver.quit().await.expect("the browser to close");
        outcome.unwrap_or_else(|panic| resume_unwind(panic))
    })
}

/// The program that drives the browser; ends with this value.
struct DriverProcess {
    child: Child,
    port: u16,
    _screen: Option<Screen>,
}

impl DriverProcess {
    fn start(browser: Browser) -> DriverProcess {
        let port =
            TcpListener::bind("127.0.0.1:0").and_then(|listener| listener.local_addr()).expect("a free port").port();
        let screen = (browser == Browser::WebKit).then(Screen::start);
        let mut command = match browser {
            Browser::Chromium => {
                let mut command = Command::new(from_xtask("INTERLEAVE_CHROMEDRIVER"));
                command.arg(format!("--port={port}"));
                command
            }
            Browser::Firefox => {
                let mut command = Command::new(from_xtask("INTERLEAVE_GECKODRIVER"));
                command.arg(format!("--port={port}"));
                command
            }
            Browser::WebKit => {
                let mut command = Command::new(from_xtask("INTERLEAVE_WEBKIT_DRIVER"));
                command.arg(format!("--port={port}"));
                command.env("DISPLAY", screen.as_ref().expect("a screen").name());
                command
            }
        };
        let child = command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null()).spawn();
        DriverProcess { child: child.expect("the browser's driver to start"), port, _screen: screen }
    }

    async fn connect(&self, browser: Browser) -> WebDriver {
        let address = format!("http://127.0.0.1:{}", self.port);
        let deadline = Instant::now() + Duration::from_secs(20);
        loop {
            match WebDriver::new(&address, capabilities(browser)).await {
                Ok(driver) => return driver,
                Err(error) if Instant::now() > deadline => panic!("{browser} does not start: {error}"),
                Err(_) => tokio::time::sleep(Duration::from_millis(200)).await,
            }
        }
    }
}

impl Drop for DriverProcess {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// A screen that nobody sees; ends with this value. WebKitGTK has no headless mode.
struct Screen {
    child: Child,
    number: u32,
}

impl Screen {
    fn start() -> Screen {
        let mut command = Command::new(from_xtask("INTERLEAVE_XVFB"));
        // It looks for a free number itself, and writes it on its output.
        command.args(["-displayfd", "1", "-screen", "0", "1280x800x24", "-nolisten", "tcp"]);
        let child = command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::null()).spawn();
        let mut child = child.expect("a screen for WebKitGTK");
        let mut line = String::new();
        BufReader::new(child.stdout.take().expect("its output")).read_line(&mut line).expect("the screen's number");
        Screen { child, number: line.trim().parse().expect("a number") }
    }

    fn name(&self) -> String {
        format!(":{}", self.number)
    }
}

impl Drop for Screen {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

fn capabilities(browser: Browser) -> Capabilities {
    let value = match browser {
        Browser::Chromium => json!({
            "browserName": "chrome",
            "goog:loggingPrefs": { "browser": "ALL" },
            "goog:chromeOptions": {
                "binary": from_xtask("INTERLEAVE_CHROMIUM"),
                // No sandbox: the tests may run as root, as in a container. Memory is measured when it is asked for, not at the next
                // collection of garbage. The others keep it from calling home.
                "args": ["--headless=new", "--no-sandbox", "--disable-gpu", "--enable-blink-features=ForceEagerMeasureMemory", "--no-first-run", "--disable-sync",
                    "--disable-background-networking", "--disable-component-update", "--window-size=1280,800"],
            },
        }),
        Browser::Firefox => json!({
            "browserName": "firefox",
            "moz:firefoxOptions": {
                "binary": from_xtask("INTERLEAVE_FIREFOX"),
                "args": ["-headless", "--width=1280", "--height=800"],
            },
        }),
        // The driver knows where its browser is.
        Browser::WebKit => json!({
            "browserName": "MiniBrowser",
        }),
    };
    let map = value.as_object().expect("an object").clone();
    Capabilities::from(map)
}
