//! What drives a browser, and ends it.

use super::Browser;
use crate::from_xtask;
use serde_json::json;
use std::fs;
use std::io::{BufRead, BufReader};
use std::net::TcpListener;
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::{Duration, Instant};
use thirtyfour::{Capabilities, WebDriver};

/// Ends the program, all that it has started, and what they have left in the folder for temporary files, once nobody holds the other
/// end of the pipe: when its [`Driver`] is dropped, and also when this process just ends.
const UNTIL_WE_END: &str = r#"trap : TERM; "$@" & read -r _; kill 0; wait; rm -rf "$TMPDIR""#;

/// The program that drives a browser. It ends with this value, and with this process.
pub(super) struct Driver {
    child: Child,
    port: u16,
    _screen: Option<Screen>,
}

/// The process of the driver that is watched, or 0.
static WATCHED: AtomicU32 = AtomicU32::new(0);

/// The process whose descendants show the pages of the browser that a test has for itself; this one, if there was none yet.
pub(crate) fn watched() -> u32 {
    match WATCHED.load(Ordering::Relaxed) {
        0 => std::process::id(),
        process => process,
    }
}

impl Driver {
    pub(super) fn start(browser: Browser) -> Driver {
        let port =
            TcpListener::bind("127.0.0.1:0").and_then(|listener| listener.local_addr()).expect("a free port").port();
        let folder = temporary_folder();
        let mut command = Command::new("sh");
        let [program, _] = browser.variables();
        command.args(["-c", UNTIL_WE_END, "sh"]).arg(from_xtask(program)).arg(format!("--port={port}"));
        let screen = (browser == Browser::WebKit).then(Screen::start);
        if let Some(screen) = &screen {
            command.env("DISPLAY", screen.name());
        }
        // A group of its own, which the shell can end.
        #[cfg(unix)]
        std::os::unix::process::CommandExt::process_group(&mut command, 0);
        command.env("TMPDIR", folder).stdin(Stdio::piped()).stdout(Stdio::null()).stderr(Stdio::null());
        Driver { child: command.spawn().expect("the browser's driver to start"), port, _screen: screen }
    }

    /// Starts the browser.
    pub(super) async fn connect(&self, browser: Browser) -> WebDriver {
        let address = format!("http://127.0.0.1:{}", self.port);
        let deadline = Instant::now() + Duration::from_secs(30);
        loop {
            match WebDriver::new(&address, capabilities(browser)).await {
                Ok(driver) => return driver,
                Err(error) if Instant::now() > deadline => panic!("{browser} does not start: {error}"),
                Err(_) => tokio::time::sleep(Duration::from_millis(100)).await,
            }
        }
    }

    /// From now on the pages that are counted are those of its browser.
    pub(super) fn watch(&self) {
        WATCHED.store(self.child.id(), Ordering::Relaxed);
    }
}

impl Drop for Driver {
    fn drop(&mut self) {
        drop(self.child.stdin.take());
        let _ = self.child.wait();
    }
}

/// A new folder, which the shell removes.
fn temporary_folder() -> PathBuf {
    static COUNT: AtomicU32 = AtomicU32::new(0);
    let number = COUNT.fetch_add(1, Ordering::Relaxed);
    let folder = std::env::temp_dir().join(format!("interleave-browser-{}-{number}", std::process::id()));
    fs::create_dir_all(&folder).expect("a folder for the browser");
    folder
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
                // No sandbox: the tests may run as root, as in a container. Pages out of sight get as much of the cores as others. Most others
                // keep it from calling home.
                "args": ["--headless=new", "--no-sandbox", "--disable-gpu", "--disable-renderer-backgrounding", "--no-first-run", "--disable-sync",
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
