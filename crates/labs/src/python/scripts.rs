//! The scripts that come along, and the queries that set them.

/// A script.
#[derive(Clone, Copy, Debug)]
pub(super) struct Script {
    /// Its name on the page.
    pub(super) name: &'static str,
    /// Why it is worth trying.
    pub(super) hint: &'static str,
    /// Its text.
    pub(super) text: &'static str,
    /// The values that make it run as it is.
    pub(super) query: &'static str,
}

/// A query that sets the script of a file, and more.
macro_rules! query {
    ($file:literal $(, $more:literal)?) => {{
        const QUERY: &[u8] = &encoded::<{ length(text!($file), concat!($($more)?)) }>(text!($file), concat!($($more)?));
        match std::str::from_utf8(QUERY) {
            Ok(query) => query,
            Err(_) => panic!("it is ASCII"),
        }
    }};
}

macro_rules! text {
    ($file:literal) => {
        include_str!(concat!("presets/", $file, ".py"))
    };
}

macro_rules! script {
    ($file:literal, $name:literal, $hint:literal $(,)?) => {
        Script { name: $name, hint: $hint, text: text!($file), query: query!($file) }
    };
}

/// The scripts, the default first.
pub(super) const SCRIPTS: [Script; 11] = [
    script!("daemon", "Daemon", "Does a daemon still print when all the others are done?"),
    script!("finishing_order", "Who is first?", "Five threads sleep for the same time"),
    script!("without_join", "Without join", "Nobody waits for the thread, and yet it prints"),
    script!("daemon_or_not", "Daemon or not", "The program waits for the one and not for the other"),
    script!("thread_subclass", "A subclass", "A class of one’s own for threads"),
    script!("executor", "Executor", "Three tasks, and two threads to do them"),
    script!("cpu_bound", "Computing", "Two threads compute, with the GIL and without"),
    script!("lost_update", "Lost update", "Two threads add to one counter"),
    script!("deadlock", "Deadlock", "Each thread waits for the other’s lock"),
    script!("producer_consumer", "A queue", "One thread makes what another uses"),
    script!("same_work_by_asyncio", "asyncio", "The same waits with one thread"),
];

/// The race of the daemon with the end of the program, again and again.
pub(super) const DAEMON_OFTEN: &str = query!("daemon", "&gil=on&times=10");
/// Threads that compute, and the lock changes hands seldom.
pub(super) const SELDOM: &str = query!("cpu_bound", "&interval=100");
pub(super) const WITHOUT_JOIN: &str = query!("without_join");
pub(super) const DAEMON_OR_NOT: &str = query!("daemon_or_not");
pub(super) const CPU_BOUND: &str = query!("cpu_bound");
pub(super) const LOST_UPDATE: &str = query!("lost_update");
pub(super) const DEADLOCK: &str = query!("deadlock");

const BEFORE: &[u8] = b"script=";

/// The length of a text in a URL, with `more` behind it.
const fn length(text: &str, more: &str) -> usize {
    let (bytes, mut at, mut length) = (text.as_bytes(), 0, BEFORE.len() + more.len());
    while at < bytes.len() {
        length += if is_plain(bytes[at]) { 1 } else { 3 };
        at += 1;
    }
    length
}

/// A text as forms encode it (URL Standard, “application/x-www-form-urlencoded”): lessons are made when the program is compiled.
const fn encoded<const LENGTH: usize>(text: &str, more: &str) -> [u8; LENGTH] {
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

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    #[test]
    fn a_query_sets_its_script_and_nothing_else() {
        for script in SCRIPTS {
            let pairs: Vec<_> = form_urlencoded::parse(script.query.as_bytes()).into_owned().collect();
            assert_eq!(pairs, [("script".to_owned(), script.text.to_owned())], "{}", script.name);
        }
        let pairs: Vec<_> = form_urlencoded::parse(DAEMON_OFTEN.as_bytes()).into_owned().collect();
        let pair = |name: &str, value: &str| (name.to_owned(), value.to_owned());
        assert_eq!(pairs, [pair("script", SCRIPTS[0].text), pair("gil", "on"), pair("times", "10")]);
    }

    #[test]
    fn every_script_in_the_folder_is_there() {
        let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/src/python/presets");
        let files = std::fs::read_dir(folder).unwrap();
        let texts: BTreeSet<String> =
            files.map(|file| std::fs::read_to_string(file.unwrap().path()).unwrap()).collect();
        assert_eq!(texts, SCRIPTS.iter().map(|script| script.text.to_owned()).collect());
    }
}
