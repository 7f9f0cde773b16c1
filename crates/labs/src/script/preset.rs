//! The scripts that come along, and the queries that set them.

/// A script.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Script {
    /// Its name on the page.
    pub(crate) name: &'static str,
    /// Why it is worth trying.
    pub(crate) hint: &'static str,
    /// Its text.
    pub(crate) text: &'static str,
    /// The values that make it run as it is.
    pub(crate) query: &'static str,
}

/// A query that sets a script of the folder `presets`, and more.
macro_rules! query {
    ($file:literal $(, $more:literal)?) => {{
        const TEXT: &str = include_str!(concat!("presets/", $file, ".py"));
        const MORE: &str = concat!($($more)?);
        const QUERY: &[u8] = &$crate::script::encoded::<{ $crate::script::length(TEXT, MORE) }>(TEXT, MORE);
        match std::str::from_utf8(QUERY) {
            Ok(query) => query,
            Err(_) => panic!("it is ASCII"),
        }
    }};
}

/// A script of the folder `presets` beside the file that names it.
macro_rules! preset {
    ($file:literal, $name:literal, $hint:literal $(,)?) => {
        $crate::script::Script {
            name: $name,
            hint: $hint,
            text: include_str!(concat!("presets/", $file, ".py")),
            query: $crate::script::query!($file),
        }
    };
}

pub(crate) use {preset, query};

const BEFORE: &[u8] = b"script=";

/// The length of a text in a URL, with `more` behind it.
pub(crate) const fn length(text: &str, more: &str) -> usize {
    let (bytes, mut at, mut length) = (text.as_bytes(), 0, BEFORE.len() + more.len());
    while at < bytes.len() {
        length += if is_plain(bytes[at]) { 1 } else { 3 };
        at += 1;
    }
    length
}

/// A text as forms encode it (URL Standard, “application/x-www-form-urlencoded”): lessons are made when the program is compiled.
pub(crate) const fn encoded<const LENGTH: usize>(text: &str, more: &str) -> [u8; LENGTH] {
    const DIGITS: &[u8] = b"0123456789ABCDEF";
    let (mut query, mut end) = ([0; LENGTH], 0);
    while end < BEFORE.len() {
        query[end] = BEFORE[end];
        end += 1;
    }
    let (bytes, mut at) = (text.as_bytes(), 0);
    while at < bytes.len() {
        let byte = bytes[at];
        if is_plain(byte) {
            query[end] = if byte == b' ' { b'+' } else { byte };
            end += 1;
        } else {
            query[end] = b'%';
            query[end + 1] = DIGITS[(byte >> 4) as usize];
            query[end + 2] = DIGITS[(byte & 15) as usize];
            end += 3;
        }
        at += 1;
    }
    let mut at = 0;
    while at < more.len() {
        query[end] = more.as_bytes()[at];
        end += 1;
        at += 1;
    }
    query
}

const fn is_plain(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || matches!(byte, b' ' | b'*' | b'-' | b'.' | b'_')
}

/// Of a lab's scripts: a query sets its script and nothing else, and those of the lab's folder are all there.
#[cfg(test)]
pub(crate) fn check_all(scripts: &[Script], lab: &str) {
    use std::collections::BTreeSet;
    use std::fs::{read_dir, read_to_string};
    for script in scripts {
        let pairs: Vec<_> = form_urlencoded::parse(script.query.as_bytes()).into_owned().collect();
        assert_eq!(pairs, [("script".to_owned(), script.text.to_owned())], "{}", script.name);
    }
    let files = read_dir(format!("{}/src/{lab}/presets", env!("CARGO_MANIFEST_DIR"))).unwrap();
    let texts: BTreeSet<String> = files.map(|file| read_to_string(file.unwrap().path()).unwrap()).collect();
    assert_eq!(texts, scripts.iter().map(|script| script.text.to_owned()).collect());
}
