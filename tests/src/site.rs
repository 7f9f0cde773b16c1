//! The built site on a server of its own, each page with the collector in it.

use crate::from_xtask;
use crate::page::COLLECTOR;
use interleave_xtask::server::{ISOLATION, Options, Server};
use std::path::PathBuf;
use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

/// What headers the server sends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Headers {
    /// Those that make a page cross-origin isolated.
    Isolated,
    /// None.
    None,
    /// A strict content security policy.
    Strict,
}

impl Headers {
    fn list(self) -> &'static [(&'static str, &'static str)] {
        match self {
            Headers::Isolated => &ISOLATION,
            Headers::None => &[],
            Headers::Strict => {
                &[("Content-Security-Policy", "default-src 'self'; script-src 'self' 'wasm-unsafe-eval'")]
            }
        }
    }
}

/// A change to files on their way to the browser: given the path below the site and the file, what is sent; `None` is
/// "not found".
pub type Change = dyn Fn(&str, Vec<u8>) -> Option<Vec<u8>> + Send + Sync;

/// The built site, served.
pub struct Site {
    server: Server,
    change: Arc<Mutex<Option<Box<Change>>>>,
}

impl Site {
    /// Serves the site at the top of a port of its own.
    #[must_use]
    pub fn new(headers: Headers) -> Site {
        Site::at(headers, "/")
    }

    /// Serves the site below a path.
    ///
    /// # Panics
    /// If no port is free.
    #[must_use]
    pub fn at(headers: Headers, mount: &str) -> Site {
        let change = Arc::<Mutex<Option<Box<Change>>>>::default();
        let current = change.clone();
        let hook = move |path: &str, body: Vec<u8>| {
            let body = match &*current.lock().unwrap_or_else(PoisonError::into_inner) {
                Some(change) => change(path, body)?,
                None => body,
            };
            if path != "index.html" {
                return Some(body);
            }
            if headers == Headers::Strict {
                // It would refuse the collector.
                return Some(body);
            }
            let page = String::from_utf8(body).expect("an HTML page in UTF-8");
            // First in the head, whose own tag the build leaves out.
            let (before, after) = page.split_once("<meta").expect("a head");
            Some(format!("{before}{COLLECTOR}<meta{after}").into_bytes())
        };
        let mut options = Options::new(PathBuf::from(from_xtask("INTERLEAVE_DIST")));
        options.mount = mount.to_owned();
        options.headers = headers.list();
        options.hook = Some(Arc::new(hook));
        Site { server: Server::start(options).expect("a port for the site"), change }
    }

    /// The address of the site, which ends in a slash.
    #[must_use]
    pub fn address(&self) -> String {
        self.server.url()
    }

    /// The address of the site with a query.
    #[must_use]
    pub fn url(&self, query: &str) -> String {
        format!("{}?{query}", self.server.url())
    }

    /// Changes files from now on.
    pub fn change(&self, change: impl Fn(&str, Vec<u8>) -> Option<Vec<u8>> + Send + Sync + 'static) {
        *self.change.lock().unwrap_or_else(PoisonError::into_inner) = Some(Box::new(change));
    }

    /// Sends files as they are from now on.
    pub fn restore(&self) {
        *self.change.lock().unwrap_or_else(PoisonError::into_inner) = None;
    }
}

/// A blog on another origin than the site whose labs it embeds.
pub struct Blog {
    server: Server,
    folder: PathBuf,
}

/// The blog of the README, in which INTERLEAVE stands for the site's address.
pub const POST: &str = include_str!("../blog/index.html");

impl Blog {
    /// Serves `text` as the blog's only page, with the labs of `site`.
    ///
    /// # Panics
    /// If there is no folder to put it in, or no port.
    #[must_use]
    pub fn new(headers: Headers, site: &Site, text: &str) -> Blog {
        static COUNT: AtomicU32 = AtomicU32::new(0);
        let number = COUNT.fetch_add(1, Ordering::Relaxed);
        let folder = std::env::temp_dir().join(format!("interleave-blog-{}-{number}", std::process::id()));
        std::fs::create_dir_all(&folder).expect("a folder for the blog");
        let text = text.replace("INTERLEAVE", site.address().trim_end_matches('/'));
        std::fs::write(folder.join("index.html"), text).expect("the blog's page");
        let mut options = Options::new(&folder);
        options.headers = headers.list();
        Blog { server: Server::start(options).expect("a port for the blog"), folder }
    }

    /// The blog's address: by another name than the site's, so that it is another site for browsers, too.
    #[must_use]
    pub fn address(&self) -> String {
        self.server.url().replace("127.0.0.1", "localhost")
    }
}

impl Drop for Blog {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.folder);
    }
}
