//! As much of HTTP/1.1 as a static site needs: GET and HEAD over connections that stay open.

use std::{
    io::{self, Read, Write},
    net::TcpStream,
    time::Duration,
};

use super::Reply;

/// A request's head may not be longer than this.
const MOST_HEAD: usize = 64 * 1024;
/// How long a connection may be silent.
const IDLE: Duration = Duration::from_secs(60);

struct Request {
    head_only: bool,
    known_method: bool,
    path: String,
    /// Whether the browser takes brotli.
    brotli: bool,
    keep_alive: bool,
}

/// Answers the requests of one connection until either side ends it.
pub(super) fn serve(mut stream: &TcpStream, respond: impl Fn(&str, bool) -> Reply) -> io::Result<()> {
    stream.set_nodelay(true)?;
    stream.set_read_timeout(Some(IDLE))?;
    let mut buffer = Vec::new();
    loop {
        let request = match parse(&buffer) {
            Ok(Some((request, length))) => {
                buffer.drain(..length);
                request
            }
            Ok(None) if buffer.len() < MOST_HEAD => {
                let mut chunk = [0; 4096];
                match stream.read(&mut chunk)? {
                    0 => return Ok(()),
                    read => buffer.extend_from_slice(&chunk[..read]),
                }
                continue;
            }
            _ => return send(stream, Reply::plain("400 Bad Request"), false, false),
        };
        let response = if request.known_method {
            respond(&request.path, request.brotli)
        } else {
            let mut refused = Reply::plain("405 Method Not Allowed");
            refused.headers.push(("Allow".to_owned(), "GET, HEAD".to_owned()));
            refused
        };
        send(stream, response, request.head_only, request.keep_alive)?;
        if !request.keep_alive {
            return Ok(());
        }
    }
}

/// The request at the start of `buffer` and its length, or `None` if it is not whole yet.
fn parse(buffer: &[u8]) -> Result<Option<(Request, usize)>, httparse::Error> {
    let mut headers = [httparse::EMPTY_HEADER; 100];
    let mut parsed = httparse::Request::new(&mut headers);
    let httparse::Status::Complete(length) = parsed.parse(buffer)? else { return Ok(None) };
    let method = parsed.method.unwrap_or_default();
    let target = parsed.path.unwrap_or_default();
    let (mut keep_alive, mut brotli) = (parsed.version == Some(1), false);
    for header in parsed.headers.iter() {
        let value = String::from_utf8_lossy(header.value).trim().to_ascii_lowercase();
        // Bodies are not read, so nothing can follow one on the same connection.
        let has_body = header.name.eq_ignore_ascii_case("transfer-encoding")
            || header.name.eq_ignore_ascii_case("content-length") && value != "0";
        let closes =
            header.name.eq_ignore_ascii_case("connection") && value.split(',').any(|word| word.trim() == "close");
        keep_alive &= !has_body && !closes;
        brotli |=
            header.name.eq_ignore_ascii_case("accept-encoding") && value.split(',').any(|word| word.trim() == "br");
    }
    let request = Request {
        head_only: method == "HEAD",
        known_method: matches!(method, "GET" | "HEAD"),
        path: target.split(['?', '#']).next().unwrap_or_default().to_owned(),
        brotli,
        keep_alive,
    };
    Ok(Some((request, length)))
}

fn send(mut stream: &TcpStream, response: Reply, head_only: bool, keep_alive: bool) -> io::Result<()> {
    let mut message = format!("HTTP/1.1 {}\r\nContent-Length: {}\r\n", response.status, response.body.len());
    for (name, value) in &response.headers {
        message.push_str(&format!("{name}: {value}\r\n"));
    }
    message.push_str(if keep_alive { "Connection: keep-alive\r\n\r\n" } else { "Connection: close\r\n\r\n" });
    let mut message = message.into_bytes();
    if !head_only {
        message.extend(response.body);
    }
    stream.write_all(&message)
}
