//! A real browser, driven over WebDriver.

mod driver;

pub(crate) use driver::watched;

use driver::Driver;
use futures_util::FutureExt;
use interleave_testing::not_run;
use std::any::Any;
use std::fmt;
use std::future::Future;
use std::panic::{AssertUnwindSafe, resume_unwind};
use std::sync::{LazyLock, Mutex, PoisonError, RwLock};
use thirtyfour::{WebDriver, WindowHandle};
use tokio::runtime::{Builder, Runtime};

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

    /// The variables that say where what drives it is, and what else it needs.
    fn variables(self) -> [&'static str; 2] {
        match self {
            Browser::Chromium => ["INTERLEAVE_CHROMEDRIVER", "INTERLEAVE_CHROMIUM"],
            Browser::Firefox => ["INTERLEAVE_GECKODRIVER", "INTERLEAVE_FIREFOX"],
            Browser::WebKit => ["INTERLEAVE_WEBKIT_DRIVER", "INTERLEAVE_XVFB"],
        }
    }

    /// Whether it is kept for the next test, which gets a new tab. WebKitGTK's is not: few tests use it.
    fn is_kept(self) -> bool {
        self != Browser::WebKit
    }

    /// Whether it is on this machine, with what drives it.
    fn is_here(self) -> bool {
        self.variables().iter().all(|name| std::env::var_os(name).is_some())
    }
}

impl fmt::Display for Browser {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{self:?}")
    }
}

/// Tests that only look share the machine; those that time or count something have it for themselves.
static MACHINE: RwLock<()> = RwLock::new(());

/// Lives as long as this process, for connections to browsers do.
static RUNTIME: LazyLock<Runtime> =
    LazyLock::new(|| Builder::new_multi_thread().worker_threads(1).enable_all().build().expect("a tokio runtime"));

/// The browsers that no test uses now.
static IDLE: Mutex<Vec<Session>> = Mutex::new(Vec::new());

/// Hands `test` a new tab of `browser`, beside other tests. The browser is kept for the next test: each has its own origins, for
/// each site has a port of its own. Where the browser is not on this machine, `test` is not run, which is said.
///
/// # Panics
/// If the browser does not start, or the test panics; then it says in which browser.
pub fn with_tab<F: Future<Output = ()>>(browser: Browser, test: impl FnOnce(WebDriver) -> F) {
    if !browser.is_here() {
        return not_run(&browser.to_string());
    }
    let _shared = MACHINE.read().unwrap_or_else(PoisonError::into_inner);
    RUNTIME.block_on(async {
        let session = match idle(browser) {
            Some(session) => session,
            None => Session::start(browser).await,
        };
        session.open_tab().await;
        match outcome(test(session.web.clone())).await {
            Ok(()) => session.keep().await,
            Err(panic) => {
                session.end().await;
                fail(browser, panic)
            }
        }
    });
}

/// Hands `test` a browser of its own and the whole machine: it times something, or counts threads. Where the browser is not on this
/// machine, `test` is not run, which is said.
///
/// # Panics
/// If the browser does not start, or the test panics; then it says in which browser.
pub fn alone<F: Future<Output = ()>>(browser: Browser, test: impl FnOnce(WebDriver) -> F) {
    if browser.is_here() { with_browser(browser, test) } else { not_run(&browser.to_string()) }
}

/// Starts `browser`, hands it to `test`, and closes it again whether the test passes or not; what the test gives back. Nothing else
/// runs meanwhile.
///
/// # Panics
/// If the browser does not start, or the test panics; then it says in which browser.
pub fn with_browser<T, F: Future<Output = T>>(browser: Browser, test: impl FnOnce(WebDriver) -> F) -> T {
    let _alone = MACHINE.write().unwrap_or_else(PoisonError::into_inner);
    RUNTIME.block_on(async {
        let session = Session::start(browser).await;
        session.driver.watch();
        let outcome = outcome(test(session.web.clone())).await;
        session.end().await;
        outcome.unwrap_or_else(|panic| fail(browser, panic))
    })
}

/// What a test comes to: what it gives back, or how it panicked.
async fn outcome<T>(test: impl Future<Output = T>) -> Result<T, Box<dyn Any + Send>> {
    AssertUnwindSafe(test).catch_unwind().await
}

/// Goes on with a test's panic, and says where it was.
fn fail(browser: Browser, panic: Box<dyn Any + Send>) -> ! {
    eprintln!("this was in {browser}");
    resume_unwind(panic)
}

/// A browser of this kind that no test uses.
fn idle(browser: Browser) -> Option<Session> {
    let mut idle = IDLE.lock().unwrap_or_else(PoisonError::into_inner);
    let found = idle.iter().position(|session| session.browser == browser)?;
    Some(idle.swap_remove(found))
}

/// A browser that has been started.
struct Session {
    browser: Browser,
    web: WebDriver,
    /// The tab that it started with. It stays, for with its last tab a browser ends.
    first: WindowHandle,
    driver: Driver,
}

impl Session {
    async fn start(browser: Browser) -> Session {
        let driver = Driver::start(browser);
        let web = driver.connect(browser).await;
        let first = web.window().await.expect("a window");
        Session { browser, web, first, driver }
    }

    /// Opens a new tab, in a window of its own: one behind another is out of sight, where embeds do not load.
    async fn open_tab(&self) {
        if !self.browser.is_kept() {
            return;
        }
        let tab = self.web.new_window().await.expect("a new tab");
        self.web.switch_to_window(tab).await.expect("the new tab");
        if self.browser == Browser::Chromium {
            // What tests before have left in the console.
            self.web.browser_log().await.expect("the console");
        }
    }

    /// Closes all tabs but the first, for the next test.
    async fn keep(self) {
        if !self.browser.is_kept() {
            return self.end().await;
        }
        for tab in self.web.windows().await.expect("the tabs") {
            if tab != self.first {
                self.web.switch_to_window(tab).await.expect("a tab");
                self.web.close_window().await.expect("the tab to close");
            }
        }
        self.web.switch_to_window(self.first.clone()).await.expect("the first tab");
        IDLE.lock().unwrap_or_else(PoisonError::into_inner).push(self);
    }

    async fn end(self) {
        let closed = self.web.quit().await;
        closed.unwrap_or_else(|error| panic!("{} does not close: {error}", self.browser));
    }
}
