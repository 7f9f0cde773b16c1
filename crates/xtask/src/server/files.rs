//! From the path of a request to a file and the headers it is sent with.

use std::{fs, path::Path};

use super::{Options, Reply};
use crate::files::has_hash;

/// The answer to a GET of `path`, which is as the browser sent it, without the query. A browser that takes `brotli` is sent
/// what lies compressed beside a file.
pub(super) fn respond(options: &Options, path: &str, brotli: bool) -> Reply {
    let mut response = find(options, path, brotli);
    response.headers.extend(options.headers.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())));
    if let (Some(headers_of), Some(below)) = (&options.headers_of, path.strip_prefix(&options.mount)) {
        response.headers.extend(headers_of(below));
    }
    response
}

fn find(options: &Options, path: &str, brotli: bool) -> Reply {
    let Some(decoded) = decode(path) else { return Reply::plain("400 Bad Request") };
    let Some(below) = decoded.strip_prefix(&options.mount) else {
        let is_mount = format!("{decoded}/") == options.mount;
        return if is_mount { moved(&options.mount) } else { Reply::plain("404 Not Found") };
    };
    if below.contains(['\\', '\0', ':']) || below.split('/').any(|part| part == "..") || below.starts_with('/') {
        return Reply::plain("403 Forbidden");
    }
    if let Some(reply) = options.answer.as_ref().and_then(|answer| answer(below)) {
        return reply;
    }
    let mut name = below.to_owned();
    if options.root.join(&name).is_dir() {
        if !name.is_empty() && !name.ends_with('/') {
            return moved(&format!("{path}/"));
        }
        name.push_str("index.html");
    }
    let compressed = if brotli && options.hook.is_none() { read(&options.root, &format!("{name}.br")) } else { None };
    let encoding = compressed.is_some().then(|| ("Content-Encoding".to_owned(), "br".to_owned()));
    let Some(bytes) = compressed.or_else(|| read(&options.root, &name)) else {
        return Reply::plain("404 Not Found");
    };
    let body = match &options.hook {
        Some(hook) => hook(&name, bytes),
        None => Some(bytes),
    };
    let Some(body) = body else { return Reply::plain("404 Not Found") };
    // What a hook changes now it may not change the next time.
    let cached = if options.hook.is_some() { "no-store" } else { cache(&name) };
    let mut headers = vec![
        ("Content-Type".to_owned(), mime(&name).to_owned()),
        ("X-Content-Type-Options".to_owned(), "nosniff".to_owned()),
        ("Cache-Control".to_owned(), cached.to_owned()),
    ];
    headers.extend(encoding);
    Reply { status: "200 OK", headers, body }
}

/// The bytes of a file that really is below `root`, even if links lead there.
fn read(root: &Path, name: &str) -> Option<Vec<u8>> {
    let file = root.join(name).canonicalize().ok()?;
    let inside = file.is_file() && file.starts_with(root.canonicalize().ok()?);
    if inside { fs::read(file).ok() } else { None }
}

fn moved(to: &str) -> Reply {
    let mut response = Reply::plain("308 Permanent Redirect");
    response.headers.push(("Location".to_owned(), to.to_owned()));
    response
}

/// Undoes percent-encoding; `None` if there is none such text.
fn decode(path: &str) -> Option<String> {
    let mut bytes = Vec::with_capacity(path.len());
    let mut rest = path.as_bytes();
    while let [first, tail @ ..] = rest {
        rest = tail;
        if *first == b'%' {
            let [high, low, after @ ..] = tail else { return None };
            let digit = |byte: u8| char::from(byte).to_digit(16);
            bytes.push(u8::try_from(digit(*high)? * 16 + digit(*low)?).ok()?);
            rest = after;
        } else {
            bytes.push(*first);
        }
    }
    String::from_utf8(bytes).ok()
}

/// Files whose names hold a hash of their content never change; all others are asked for again.
fn cache(name: &str) -> &'static str {
    if name.starts_with("engine/") || has_hash(name.rsplit('/').next().unwrap_or(name)) {
        "public, max-age=31536000, immutable"
    } else {
        "no-cache"
    }
}

fn mime(name: &str) -> &'static str {
    let extension = name.rsplit('/').next().and_then(|file| file.rsplit_once('.')).map(|(_, extension)| extension);
    match extension.unwrap_or_default() {
        "html" => "text/html; charset=utf-8",
        "js" | "mjs" => "text/javascript; charset=utf-8",
        "css" => "text/css; charset=utf-8",
        "wasm" => "application/wasm",
        "svg" => "image/svg+xml",
        "png" => "image/png",
        "ico" => "image/x-icon",
        "webp" => "image/webp",
        "woff2" => "font/woff2",
        "json" | "map" => "application/json",
        "webmanifest" => "application/manifest+json",
        "txt" | "md" => "text/plain; charset=utf-8",
        "xml" => "application/xml",
        _ => "application/octet-stream",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_names_with_a_hash_are_immutable() {
        for name in [
            "engine/0123/engine.js",
            "app-0123456789abcdef.js",
            "app-123456789abcdef.js",
            "a/app-0123456789abcdef_bg.wasm",
        ] {
            assert!(cache(name).contains("immutable"), "{name}");
        }
        for name in ["index.html", "sw.js", "app-0123456.js", "0123456789abcdef.js", "a-0123456789abcdef0.js"] {
            assert_eq!(cache(name), "no-cache", "{name}");
        }
    }

    #[test]
    fn percent_encoding_is_undone() {
        assert_eq!(decode("/a%20b%2fc").as_deref(), Some("/a b/c"));
        assert_eq!(decode("/%e2%80%a6").as_deref(), Some("/…"));
        for broken in ["/%", "/%2", "/%zz", "/%ff"] {
            assert_eq!(decode(broken), None, "{broken}");
        }
    }

    #[test]
    fn types_are_what_browsers_insist_on() {
        assert_eq!(mime("engine/1/engine_bg.wasm"), "application/wasm");
        assert_eq!(mime("a/b.js"), "text/javascript; charset=utf-8");
        assert_eq!(mime("x.webmanifest"), "application/manifest+json");
        assert_eq!(mime("_headers"), "application/octet-stream");
    }
}
