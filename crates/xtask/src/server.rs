//! A small static file server: for `cargo xtask serve`, and for the browser tests, which may mount the site below any
//! path, send other headers, or change files on their way out.

mod files;
mod http;

use std::{
    collections::HashMap,
    io::{self, ErrorKind},
    net::{IpAddr, Ipv4Addr, Shutdown, SocketAddr, TcpListener, TcpStream},
    path::PathBuf,
    sync::{
        Arc, Mutex, MutexGuard, PoisonError,
        atomic::{AtomicBool, Ordering},
    },
    thread::{self, JoinHandle},
    time::Duration,
};

/// What makes a page `crossOriginIsolated`: at the top level, in a frame of an isolated page, and in a frame of any page.
pub static ISOLATION: [(&str, &str); 4] = [
    ("Cross-Origin-Opener-Policy", "same-origin"),
    ("Cross-Origin-Embedder-Policy", "require-corp"),
    ("Cross-Origin-Resource-Policy", "cross-origin"),
    ("Document-Isolation-Policy", "isolate-and-require-corp"),
];

/// Called with the path below the mount (such as `index.html` or `engine/ab/worker.js`) and the bytes of a file that
/// exists; returns what to send, or `None` for "not found".
pub type Hook = Arc<dyn Fn(&str, Vec<u8>) -> Option<Vec<u8>> + Send + Sync>;

/// Asked first, with the path below the mount: what to send whatever there is, or `None` for the file.
pub type Answer = Arc<dyn Fn(&str) -> Option<Reply> + Send + Sync>;

/// What is sent back.
#[derive(Clone, Debug)]
pub struct Reply {
    /// Such as `200 OK`.
    pub status: &'static str,
    /// Names and values; the length is added.
    pub headers: Vec<(String, String)>,
    /// The content.
    pub body: Vec<u8>,
}

impl Reply {
    /// Says its status in words.
    pub fn plain(status: &'static str) -> Self {
        Self::of("text/plain; charset=utf-8", status, format!("{status}\n"))
    }

    /// A content of some type, which is not to be kept.
    pub fn of(content_type: &str, status: &'static str, body: impl Into<Vec<u8>>) -> Self {
        let header = |name: &str, value: &str| (name.to_owned(), value.to_owned());
        let headers = vec![header("Content-Type", content_type), header("Cache-Control", "no-cache")];
        Self { status, headers, body: body.into() }
    }
}

/// More headers for a path below the mount.
pub type HeadersOf = Arc<dyn Fn(&str) -> Vec<(String, String)> + Send + Sync>;

/// What is served, and how.
#[derive(Clone)]
pub struct Options {
    /// The folder to serve.
    pub root: PathBuf,
    /// Where on the host the folder appears: `/` or a path such as `/blog/interleave/`.
    pub mount: String,
    /// Sent with every response.
    pub headers: &'static [(&'static str, &'static str)],
    /// Sent with some.
    pub headers_of: Option<HeadersOf>,
    /// The port, or 0 for any free one.
    pub port: u16,
    /// Is asked before a file is looked for.
    pub answer: Option<Answer>,
    /// Looks at every file before it is sent.
    pub hook: Option<Hook>,
}

impl Options {
    /// Serves `root` at the top of any free port, isolated, unchanged.
    pub fn new(root: impl Into<PathBuf>) -> Self {
        let (mount, headers) = ("/".to_owned(), &ISOLATION);
        Self { root: root.into(), mount, headers, headers_of: None, port: 0, answer: None, hook: None }
    }
}

/// A running server. It stops when it is dropped.
pub struct Server {
    address: SocketAddr,
    shared: Arc<Shared>,
    acceptor: Option<JoinHandle<()>>,
}

struct Shared {
    options: Options,
    stopping: AtomicBool,
    /// The open connections, so that stopping can end them.
    open: Mutex<HashMap<u64, TcpStream>>,
}

impl Shared {
    fn open(&self) -> MutexGuard<'_, HashMap<u64, TcpStream>> {
        self.open.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Server {
    /// Starts serving on 127.0.0.1.
    pub fn start(options: Options) -> io::Result<Self> {
        Self::start_at(IpAddr::V4(Ipv4Addr::LOCALHOST), options)
    }

    /// Starts serving on the given address.
    pub fn start_at(host: IpAddr, mut options: Options) -> io::Result<Self> {
        options.mount = match options.mount.trim_matches('/') {
            "" => "/".to_owned(),
            path => format!("/{path}/"),
        };
        let listener = TcpListener::bind((host, options.port))?;
        let address = listener.local_addr()?;
        let shared =
            Arc::new(Shared { options, stopping: AtomicBool::new(false), open: Mutex::new(HashMap::default()) });
        let for_acceptor = Arc::clone(&shared);
        let acceptor =
            thread::Builder::new().name("server".to_owned()).spawn(move || accept(&listener, &for_acceptor))?;
        Ok(Self { address, shared, acceptor: Some(acceptor) })
    }

    /// Where the site is, such as `http://127.0.0.1:4711/blog/interleave/`.
    pub fn url(&self) -> String {
        format!("http://{}{}", self.address, self.shared.options.mount)
    }

    /// Blocks for as long as the server runs, which is until the program is ended.
    pub fn wait(mut self) {
        if let Some(acceptor) = self.acceptor.take() {
            let _ = acceptor.join();
        }
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.shared.stopping.store(true, Ordering::SeqCst);
        let Some(acceptor) = self.acceptor.take() else { return };
        // The acceptor sleeps until somebody comes.
        let mut address = self.address;
        if address.ip().is_unspecified() {
            address.set_ip(match address.ip() {
                IpAddr::V4(_) => IpAddr::V4(Ipv4Addr::LOCALHOST),
                IpAddr::V6(_) => IpAddr::V6(std::net::Ipv6Addr::LOCALHOST),
            });
        }
        if TcpStream::connect_timeout(&address, Duration::from_secs(1)).is_ok() {
            let _ = acceptor.join();
        }
        for stream in self.shared.open().values() {
            let _ = stream.shutdown(Shutdown::Both);
        }
    }
}

/// A thread for each connection: a browser keeps at most six to one host.
fn accept(listener: &TcpListener, shared: &Arc<Shared>) {
    for (number, stream) in (0..).zip(listener.incoming()) {
        if shared.stopping.load(Ordering::SeqCst) {
            return;
        }
        let stream = match stream {
            Ok(stream) => stream,
            Err(error) if matches!(error.kind(), ErrorKind::ConnectionAborted | ErrorKind::Interrupted) => continue,
            Err(_) => {
                // Most likely out of file descriptors; some connection will end.
                thread::sleep(Duration::from_millis(20));
                continue;
            }
        };
        if let Ok(copy) = stream.try_clone() {
            shared.open().insert(number, copy);
        }
        let for_connection = Arc::clone(shared);
        let connection = move || {
            // Removed by a guard, so that a hook that panics leaves nothing open.
            let _entry = Entry(&for_connection, number);
            let _ = http::serve(&stream, |path, brotli| files::respond(&for_connection.options, path, brotli));
        };
        if thread::Builder::new().name("connection".to_owned()).spawn(connection).is_err() {
            shared.open().remove(&number);
        }
    }
}

struct Entry<'a>(&'a Shared, u64);

impl Drop for Entry<'_> {
    fn drop(&mut self) {
        if let Some(stream) = self.0.open().remove(&self.1) {
            let _ = stream.shutdown(Shutdown::Both);
        }
    }
}

#[cfg(test)]
mod tests;
