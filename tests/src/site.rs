//! The built site on a server of its own, each page with the collector in it.

use crate::from_xtask;
use crate::page::COLLECTOR;
use interleave_xtask::server::{ISOLATION, Options, Reply, Server};
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
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
    /// Those that the site's own file `_headers` has for each path, as hosts that read it do.
    File,
    /// Some of a host's own.
    Own(&'static [(&'static str, &'static str)]),
}

impl Headers {
    /// For every file.
    fn list(self) -> &'static [(&'static str, &'static str)] {
        match self {
            Headers::Isolated => &ISOLATION,
            Headers::None | Headers::File => &[],
            Headers::Strict => {
                &[("Content-Security-Policy", "default-src 'self'; script-src 'self' 'wasm-unsafe-eval'")]
            }
            Headers::Own(list) => list,
        }
    }
}

/// The headers that the text of a file `_headers` has for a path: of the rules for exactly this path, or for what it begins with.
fn of_file(rules: &str, path: &str) -> Vec<(String, String)> {
    let mut headers = Vec::new();
    let mut applies = false;
    for line in rules.lines() {
        if let Some(rule) = line.strip_prefix('/') {
            applies = rule.strip_suffix('*').map_or(rule == path, |start| path.starts_with(start));
        } else if let Some((name, value)) = line.trim().split_once(": ").filter(|_| applies) {
            headers.push((name.to_owned(), value.to_owned()));
        }
    }
    headers
}

/// A change to files on their way to the browser: given the path below the site and the file, what is sent; `None` is
/// "not found".
pub type Change = dyn Fn(&str, Vec<u8>) -> Option<Vec<u8>> + Send + Sync;

/// An answer whatever files there are: given the path below the site. `None` leaves it to the files.
pub type Answer = dyn Fn(&str) -> Option<Reply> + Send + Sync;

/// What is set aside for a while.
#[derive(Clone, Default)]
struct Broken {
    change: Option<Arc<Change>>,
    answer: Option<Arc<Answer>>,
}

/// The built site, served.
pub struct Site {
    server: Option<Server>,
    address: String,
    options: Options,
    broken: Arc<Mutex<Broken>>,
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
        Site::of(&PathBuf::from(from_xtask("INTERLEAVE_DIST")), headers, mount)
    }

    /// Serves another build of the site, which is in `folder`, below a path.
    ///
    /// # Panics
    /// If no port is free.
    #[must_use]
    pub fn of(folder: &Path, headers: Headers, mount: &str) -> Site {
        let broken = Arc::<Mutex<Broken>>::default();
        let now = broken.clone();
        let hook = move |path: &str, body: Vec<u8>| {
            // Not held while it works: one answer may take its time.
            let change = now.lock().unwrap_or_else(PoisonError::into_inner).change.clone();
            let body = match change {
                Some(change) => change(path, body)?,
                None => body,
            };
            // A strict policy would refuse the collector.
            if path != "index.html" || headers == Headers::Strict {
                return Some(body);
            }
            let page = String::from_utf8(body).expect("an HTML page in UTF-8");
            // First in the head, whose own tag the build leaves out.
            let (before, after) = page.split_once("<meta").expect("a head");
            Some(format!("{before}{COLLECTOR}<meta{after}").into_bytes())
        };
        let now = broken.clone();
        let answer = move |path: &str| {
            let answer = now.lock().unwrap_or_else(PoisonError::into_inner).answer.clone();
            answer.and_then(|answer| answer(path))
        };
        let mut options = Options::new(folder);
        options.mount = mount.to_owned();
        options.headers = headers.list();
        options.hook = Some(Arc::new(hook));
        options.answer = Some(Arc::new(answer));
        if headers == Headers::File {
            let rules = std::fs::read_to_string(folder.join("_headers")).expect("the site's headers");
            options.headers_of = Some(Arc::new(move |path: &str| of_file(&rules, path)));
        }
        let server = serve(&options);
        let address = server.url();
        let port = address.split(':').nth(2).and_then(|rest| rest.split('/').next()?.parse().ok());
        options.port = port.expect("an address with a port");
        Site { server: Some(server), address, options, broken }
    }

    /// The address of the site, which ends in a slash.
    #[must_use]
    pub fn address(&self) -> String {
        self.address.clone()
    }

    /// The address of the site with a query.
    #[must_use]
    pub fn url(&self, query: &str) -> String {
        format!("{}?{query}", self.address)
    }

    /// Changes files from now on.
    pub fn change(&self, change: impl Fn(&str, Vec<u8>) -> Option<Vec<u8>> + Send + Sync + 'static) {
        self.broken.lock().unwrap_or_else(PoisonError::into_inner).change = Some(Arc::new(change));
    }

    /// Answers some requests otherwise from now on.
    pub fn answer(&self, answer: impl Fn(&str) -> Option<Reply> + Send + Sync + 'static) {
        self.broken.lock().unwrap_or_else(PoisonError::into_inner).answer = Some(Arc::new(answer));
    }

    /// Sends files as they are from now on.
    pub fn restore(&self) {
        *self.broken.lock().unwrap_or_else(PoisonError::into_inner) = Broken::default();
    }

    /// Serves another folder at the same address from now on.
    ///
    /// # Panics
    /// If the port has been taken meanwhile.
    pub fn deploy(&mut self, folder: &Path) {
        self.go_offline();
        self.options.root = folder.to_owned();
        self.server = Some(Server::start(self.options.clone()).expect("the site's port"));
    }

    /// Answers nothing from now on.
    pub fn go_offline(&mut self) {
        self.server = None;
    }
}

/// Serves on a port that no other server of this process has had: a browser that is kept for another test still has what the origin
/// left there.
fn serve(options: &Options) -> Server {
    static USED: Mutex<BTreeSet<String>> = Mutex::new(BTreeSet::new());
    loop {
        let server = Server::start(options.clone()).expect("a free port");
        let url = server.url();
        let host = url.split('/').nth(2).expect("a host with a port").to_owned();
        if USED.lock().unwrap_or_else(PoisonError::into_inner).insert(host) {
            return server;
        }
    }
}

/// A blog on another origin than the site whose labs it embeds.
pub struct Blog {
    server: Server,
    folder: PathBuf,
}

/// The blog of the README, in which INTERLEAVE stands for the site's address.
pub const POST: &str = include_str!("../blog/index.html");

/// Notes what a blog's labs tell it, from the first moment: a frame may have told its height before a test can ask.
const HEARD: &str = "<script>window.heard = []; \
    for (const name of ['ready', 'started', 'result', 'error', 'resize']) \
      document.addEventListener('interleave:' + name, ({ target, detail }) => heard.push({ from: target.id, name, detail }))</script>";

impl Blog {
    /// Serves `text` as the blog's only page, with the labs of `site`. What they tell it is in its global `heard`.
    ///
    /// # Panics
    /// If there is no folder to put it in, or no port.
    #[must_use]
    pub fn new(headers: Headers, site: &Site, text: &str) -> Blog {
        static COUNT: AtomicU32 = AtomicU32::new(0);
        let number = COUNT.fetch_add(1, Ordering::Relaxed);
        let folder = std::env::temp_dir().join(format!("interleave-blog-{}-{number}", std::process::id()));
        std::fs::create_dir_all(&folder).expect("a folder for the blog");
        let post = text.strip_prefix("<!doctype html>").unwrap_or(text);
        let post = post.replace("INTERLEAVE", site.address().trim_end_matches('/'));
        let text = format!("<!doctype html>{HEARD}{post}");
        std::fs::write(folder.join("index.html"), text).expect("the blog's page");
        let mut options = Options::new(&folder);
        options.headers = headers.list();
        Blog { server: serve(&options), folder }
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

#[cfg(test)]
mod tests {
    use super::of_file;

    #[test]
    fn a_path_has_the_headers_of_its_rule_alone() {
        let rules = "/\n  A: 1\n  B: 2\n\n/engine/*\n  C: 3\n\n/embed.js\n  D: 4\n";
        let names = |path| of_file(rules, path).into_iter().map(|(name, _)| name).collect::<Vec<_>>();
        assert_eq!(names(""), ["A", "B"]);
        assert_eq!(names("engine/a/worker.js"), ["C"]);
        assert_eq!(names("embed.js"), ["D"]);
        assert!(names("notes/").is_empty());
    }
}
