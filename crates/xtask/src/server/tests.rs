//! Tests over plain TCP, so that nothing tidies up paths or headers on the way.

use std::{
    env, fs,
    io::{Read, Write},
    sync::atomic::AtomicU32,
};

use super::*;

/// A folder with a small site, removed in the end.
struct Site(PathBuf);

impl Site {
    fn new() -> Self {
        static NUMBER: AtomicU32 = AtomicU32::new(0);
        let number = NUMBER.fetch_add(1, Ordering::Relaxed);
        let root = env::temp_dir().join(format!("interleave-server-{}-{number}", std::process::id()));
        fs::create_dir_all(root.join("site/engine/ab")).unwrap();
        fs::write(root.join("secret"), "secret").unwrap();
        fs::write(root.join("site/index.html"), "<!doctype html>").unwrap();
        fs::write(root.join("site/engine/ab/engine_bg.wasm"), "\0asm").unwrap();
        Self(root)
    }

    fn options(&self) -> Options {
        Options::new(self.0.join("site"))
    }
}

impl Drop for Site {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

/// Sends `text` and reads until the server closes.
fn talk(server: &Server, text: &str) -> String {
    let mut stream = TcpStream::connect(server.address).unwrap();
    stream.write_all(text.as_bytes()).unwrap();
    let mut answer = String::new();
    stream.read_to_string(&mut answer).unwrap();
    answer
}

fn get(server: &Server, path: &str) -> String {
    talk(server, &format!("GET {path} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"))
}

#[test]
fn a_file_has_its_type_and_the_isolation_headers() {
    let site = Site::new();
    let server = Server::start(site.options()).unwrap();
    let page = get(&server, "/?autorun");
    assert!(page.starts_with("HTTP/1.1 200 OK\r\n") && page.ends_with("\r\n\r\n<!doctype html>"), "{page}");
    assert!(
        page.contains("Content-Type: text/html; charset=utf-8\r\n") && page.contains("Cache-Control: no-cache\r\n")
    );
    for (name, value) in &ISOLATION {
        assert!(page.contains(&format!("{name}: {value}\r\n")), "{page}");
    }
    let engine = get(&server, "/engine/ab/engine_bg.wasm");
    assert!(engine.contains("application/wasm\r\n") && engine.contains("immutable\r\n"), "{engine}");
    assert!(get(&server, "/missing.js").starts_with("HTTP/1.1 404 "));
}

#[test]
fn what_lies_compressed_beside_a_file_is_sent_to_who_takes_it() {
    let site = Site::new();
    fs::write(site.0.join("site/index.html.br"), "squeezed").unwrap();
    let server = Server::start(site.options()).unwrap();
    let taken = talk(&server, "GET / HTTP/1.1\r\nHost: x\r\nAccept-Encoding: gzip, br\r\nConnection: close\r\n\r\n");
    assert!(taken.contains("Content-Encoding: br\r\n") && taken.ends_with("\r\n\r\nsqueezed"), "{taken}");
    assert!(taken.contains("Content-Type: text/html"), "{taken}");
    let plain = get(&server, "/");
    assert!(!plain.contains("Content-Encoding") && plain.ends_with("<!doctype html>"), "{plain}");
}

#[test]
fn isolation_can_be_left_out() {
    let site = Site::new();
    let server = Server::start(Options { headers: &[], ..site.options() }).unwrap();
    let page = get(&server, "/index.html");
    assert!(page.starts_with("HTTP/1.1 200 ") && ISOLATION.iter().all(|(name, _)| !page.contains(name)), "{page}");
}

#[test]
fn a_mount_is_all_there_is() {
    let site = Site::new();
    let server = Server::start(Options { mount: "/blog/interleave/".to_owned(), ..site.options() }).unwrap();
    assert!(server.url().ends_with("/blog/interleave/"));
    assert!(get(&server, "/blog/interleave/").starts_with("HTTP/1.1 200 "));
    let moved = get(&server, "/blog/interleave");
    assert!(moved.starts_with("HTTP/1.1 308 ") && moved.contains("Location: /blog/interleave/\r\n"), "{moved}");
    assert!(get(&server, "/index.html").starts_with("HTTP/1.1 404 "));
}

#[test]
fn nothing_outside_the_folder_is_served() {
    let site = Site::new();
    let server = Server::start(site.options()).unwrap();
    for path in ["/../secret", "/engine/../../secret", "/%2e%2e/secret", "/..%2fsecret", "/..%5csecret", "//etc/passwd"]
    {
        let answer = get(&server, path);
        assert!(answer.starts_with("HTTP/1.1 403 "), "{path}: {answer}");
    }
    #[cfg(unix)]
    {
        std::os::unix::fs::symlink(site.0.join("secret"), site.0.join("site/link")).unwrap();
        assert!(get(&server, "/link").starts_with("HTTP/1.1 404 "));
    }
}

#[test]
fn a_hook_changes_and_hides_files() {
    let site = Site::new();
    let hook: Hook = Arc::new(|path, bytes| match path {
        "index.html" => Some([bytes, b"!".to_vec()].concat()),
        _ => None,
    });
    let server = Server::start(Options { hook: Some(hook), ..site.options() }).unwrap();
    assert!(get(&server, "/").ends_with("<!doctype html>!"));
    assert!(get(&server, "/engine/ab/engine_bg.wasm").starts_with("HTTP/1.1 404 "));
}

#[test]
fn a_connection_stays_open_and_head_has_no_body() {
    let site = Site::new();
    let server = Server::start(site.options()).unwrap();
    let text = "HEAD / HTTP/1.1\r\nHost: x\r\n\r\nGET / HTTP/1.1\r\nHost: x\r\n\r\nPOST / HTTP/1.1\r\nHost: x\r\nContent-Length: 3\r\n\r\n";
    let answer = talk(&server, text);
    assert_eq!(answer.matches("Content-Length: 15\r\n").count(), 2, "{answer}");
    assert_eq!(answer.matches("<!doctype html>").count(), 1, "{answer}");
    assert_eq!(answer.matches("HTTP/1.1 405 ").count(), 1, "{answer}");
    assert!(talk(&server, "nonsense\r\n\r\n").starts_with("HTTP/1.1 400 "));
}

#[test]
fn fifty_requests_at_once_are_answered() {
    let site = Site::new();
    let server = Server::start(site.options()).unwrap();
    thread::scope(|scope| {
        for _ in 0..50 {
            scope.spawn(|| assert!(get(&server, "/").starts_with("HTTP/1.1 200 ")));
        }
    });
}

#[test]
fn dropping_stops_it_and_ends_open_connections() {
    let site = Site::new();
    let server = Server::start(site.options()).unwrap();
    let address = server.address;
    let mut idle = TcpStream::connect(address).unwrap();
    idle.write_all(b"GET / HTTP/1.1\r\nHost: x\r\n\r\n").unwrap();
    let mut byte = [0];
    idle.read_exact(&mut byte).unwrap();
    drop(server);
    let mut rest = Vec::new();
    idle.set_read_timeout(Some(Duration::from_secs(5))).unwrap();
    idle.read_to_end(&mut rest).unwrap();
    assert!(TcpStream::connect(address).is_err());
}
