//! The built site on a server of its own, each page with the collector in it.

use crate::from_xtask;
use crate::page::COLLECTOR;
use interleave_xtask::server::{Options, Server};
use std::path::PathBuf;
use std::sync::{Arc, Mutex, PoisonError};

/// Whether the server sends the headers that make a page cross-origin isolated.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Headers {
    /// It does.
    Isolated,
    /// It sends none.
    None,
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
            let page = String::from_utf8(body).expect("an HTML page in UTF-8");
            // First in the head, whose own tag the build leaves out.
            let (before, after) = page.split_once("<meta").expect("a head");
            Some(format!("{before}{COLLECTOR}<meta{after}").into_bytes())
        };
        let mut options = Options::new(PathBuf::from(from_xtask("INTERLEAVE_DIST")));
        options.mount = mount.to_owned();
        options.isolation = headers == Headers::Isolated;
        options.hook = Some(Arc::new(hook));
        Site { server: Server::start(options).expect("a port for the site"), change }
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
