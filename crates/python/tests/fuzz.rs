//! Any text, and scripts that somebody's hand slipped in, are checked and run: nothing panics, each ends once it is stopped, and the next run works.
//!
//! `PROPTEST_CASES` says how many texts of each kind there are. The text that was run last is in `fuzzed.py` in the folder for tests' files,
//! for who finds the whole process dead.

use interleave_python::{Options, Output, Stream, Thread};
use proptest::prelude::*;
use proptest::sample::Index;
use std::fs;
use std::panic;
use std::path::Path;
use std::sync::mpsc::channel;
use std::sync::{Arc, Mutex, MutexGuard, Once, PoisonError};
use std::thread;
use std::time::Duration;

/// Cases of each kind, unless `PROPTEST_CASES` says otherwise.
const CASES: u32 = 150;
/// After so long a script is stopped.
const LIMIT: Duration = Duration::from_millis(60);
/// What it may take to end then, on a machine that is busy.
const TO_STOP: Duration = Duration::from_secs(10);
/// Runs after each script.
const NEXT: &str = "import threading\nt = threading.Thread(target=print, args=(6 * 7,))\nt.start()\nt.join()\n";

/// The messages of all panics, of any thread.
static PANICS: Mutex<Vec<String>> = Mutex::new(Vec::new());

fn panics() -> MutexGuard<'static, Vec<String>> {
    PANICS.lock().unwrap_or_else(PoisonError::into_inner)
}

/// From now on panics are noted.
fn note_panics() {
    static ONCE: Once = Once::new();
    ONCE.call_once(|| {
        let before = panic::take_hook();
        panic::set_hook(Box::new(move |info| {
            panics().push(info.to_string());
            before(info);
        }));
    });
}

/// What a script printed.
#[derive(Clone, Default)]
struct Printed(Arc<Mutex<String>>);

impl Output for Printed {
    fn write(&mut self, stream: Stream, _thread: &Thread, text: &str, _at_us: u64) {
        // A loop that prints could print more than there is memory for.
        let mut printed = self.0.lock().unwrap();
        if stream == Stream::Out && printed.len() < 1 << 20 {
            printed.push_str(text);
        }
    }
}

/// Runs a script, and stops it if it is not over at the limit: what it printed, and its exit code unless it does not even end then.
fn run(source: &str, gil: bool, limit: Duration) -> (String, Option<i32>) {
    let options = Options { gil, most_threads: 50, ..Options::default() };
    let (printed, cancel, source) = (Printed::default(), options.cancel.clone(), source.to_owned());
    let (ended, wait) = channel();
    let output = printed.clone();
    thread::spawn(move || ended.send(interleave_python::run(&source, &options, output).code));
    let code = wait.recv_timeout(limit).or_else(|_| {
        cancel.stop();
        wait.recv_timeout(TO_STOP)
    });
    let printed = printed.0.lock().unwrap().clone();
    (printed, code.ok())
}

/// Checks and runs a text, and then another one.
fn withstands(source: &str, gil: bool) -> Result<(), TestCaseError> {
    // One at a time, so that a panic is one of this text.
    static ALONE: Mutex<()> = Mutex::new(());
    let _alone = ALONE.lock().unwrap_or_else(PoisonError::into_inner);
    note_panics();
    panics().clear();
    let last = Path::new(env!("CARGO_TARGET_TMPDIR")).join("fuzzed.py");
    fs::write(last, source).expect("the folder for tests' files can be written");

    let problem = panic::catch_unwind(|| interleave_python::check(source, "script.py"));
    prop_assert!(problem.is_ok(), "check panics: {:?}", panics());
    let (_, code) = run(source, gil, LIMIT);
    prop_assert!(code.is_some(), "it goes on after it was stopped");
    prop_assert!(panics().is_empty(), "{:?}", panics());
    if problem.is_ok_and(|problem| problem.is_some()) {
        prop_assert_eq!(code, Some(1), "what cannot run runs");
    }
    prop_assert_eq!(run(NEXT, gil, TO_STOP), ("42\n".to_owned(), Some(0)), "the next run");
    Ok(())
}

/// Any characters, or those of a keyboard.
fn text() -> impl Strategy<Value = String> {
    let any = prop::collection::vec(any::<char>(), 0..60).prop_map(String::from_iter);
    prop_oneof![any, "[ -~\n\t]{0,200}", "([a-c ]|[(){}\\[\\]:=,.*'\"#\n]){0,60}"]
}

/// A slip of the hand. Places are parts of what there is.
#[derive(Clone, Debug)]
enum Slip {
    Delete(Index, usize),
    Double(Index, usize),
    Swap(Index, Index, usize),
    Character(Index, char),
    /// One word, number or operator in the place of another one.
    Exchange(Index, Index),
    /// Another word, number or operator.
    Word(Index, &'static str),
    /// A line of the same script again, at another place.
    Line(Index, Index),
}

/// Words, numbers and operators that scripts are made of, and such as lie at a limit.
const WORDS: &[&str] = &[
    "None",
    "True",
    "-1",
    "0",
    "1",
    "2",
    "0.5",
    "9223372036854775807",
    "-9223372036854775808",
    "18446744073709551616",
    "1e308",
    "float('nan')",
    "float('inf')",
    "255",
    "''",
    "'\\ud800'",
    "'é'",
    "b'\\xff'",
    "()",
    "[]",
    "{}",
    "{0}",
    "...",
    "self",
    "x",
    "i",
    "*",
    "**",
    ":",
    "=",
    ":=",
    "+=",
    "<<=",
    "==",
    "<",
    "in",
    "not in",
    "is",
    "and",
    "or",
    "not",
    "+",
    "-",
    "//",
    "%",
    "@",
    "~",
    ">>",
    ".",
    ",",
    ";",
    "(",
    ")",
    "[",
    "]",
    "[::-1]",
    "[-1]",
    "lambda: 0",
    "lambda *a, **k: (a, k)",
    "yield",
    "yield from",
    "await",
    "async",
    "return",
    "raise",
    "break",
    "continue",
    "pass",
    "del",
    "global",
    "nonlocal",
    "import",
    "from",
    "as",
    "with",
    "if",
    "else",
    "elif",
    "for",
    "while",
    "try",
    "except",
    "except*",
    "finally",
    "class",
    "def",
    "match",
    "case",
    "case _",
    "type",
    "print",
    "int",
    "str",
    "list",
    "dict",
    "set",
    "frozenset",
    "tuple",
    "range",
    "iter",
    "next",
    "zip",
    "map",
    "sorted",
    "sum",
    "max",
    "repr",
    "hash",
    "id",
    "super()",
    "type(self)",
    "getattr",
    "object",
    "Exception",
    "BaseException",
    "StopIteration",
    "KeyError()",
    "__init__",
    "__class__",
    "__eq__",
    "__hash__",
    "__del__",
    "__next__",
    "f'{x!r:>{i}}'",
    "'%s %r %05.2f %c'",
    "'{0:{1}} {a.b[c]}'",
    "'\\N{DASH}'",
    "threading",
    "time",
    "join",
    "start",
    "acquire()",
    "release()",
    "append",
    "pop",
    "sort",
    "send",
    "throw",
    "close",
    "split",
    "format",
    "encode",
    "decode",
    "\n",
    "\n    ",
    "    ",
    "#",
    "\\\n",
    "\"\"\"",
    "'",
    "0x",
    "1_000",
    "1j",
    "\u{0}",
    "\u{feff}",
    "\u{2028}",
];

fn slips() -> impl Strategy<Value = Vec<Slip>> {
    let (place, len) = (any::<Index>, 1_usize..30);
    let slip = prop_oneof![
        1 => (place(), len.clone()).prop_map(|(at, len)| Slip::Delete(at, len)),
        1 => (place(), len.clone()).prop_map(|(at, len)| Slip::Double(at, len)),
        1 => (place(), place(), len).prop_map(|(at, other, len)| Slip::Swap(at, other, len)),
        1 => (place(), any::<char>()).prop_map(|(at, char)| Slip::Character(at, char)),
        6 => (place(), place()).prop_map(|(at, other)| Slip::Exchange(at, other)),
        6 => (place(), prop::sample::select(WORDS)).prop_map(|(at, word)| Slip::Word(at, word)),
        2 => (place(), place()).prop_map(|(at, other)| Slip::Line(at, other)),
    ];
    prop::collection::vec(slip, 1..5)
}

/// The bytes of a text where a slip of `len` bytes is made.
fn part(text: &[u8], at: &Index, len: usize) -> std::ops::Range<usize> {
    let from = if text.is_empty() { 0 } else { at.index(text.len()) };
    from..(from + len).min(text.len())
}

/// Where the words, numbers and operators of a text are: roughly, whatever the text is.
fn words(text: &str) -> Vec<std::ops::Range<usize>> {
    let mut words: Vec<std::ops::Range<usize>> = Vec::new();
    let kind = |char: char| match char {
        _ if char.is_alphanumeric() || char == '_' => 1,
        _ if "+-*/%<>=!&|^:.".contains(char) => 2,
        _ => 0,
    };
    let mut before = 0;
    for (at, char) in text.char_indices().filter(|(_, char)| !char.is_whitespace()) {
        let after = at + char.len_utf8();
        match words.last_mut() {
            Some(word) if word.end == at && kind(char) != 0 && kind(char) == before => word.end = after,
            _ => words.push(at..after),
        }
        before = kind(char);
    }
    words
}

fn slipped(script: &str, slips: &[Slip]) -> String {
    let mut text = script.to_owned();
    for slip in slips {
        let mut bytes = text.clone().into_bytes();
        let (words, lines) = (words(&text), text.split_inclusive('\n').collect::<Vec<_>>());
        match slip {
            Slip::Delete(at, len) => drop(bytes.drain(part(&bytes, at, *len))),
            Slip::Double(at, len) => {
                let part = part(&bytes, at, *len);
                let again = bytes[part.clone()].to_vec();
                bytes.splice(part.end..part.end, again);
            }
            Slip::Swap(at, other, len) => {
                let (one, other) = (part(&bytes, at, *len), part(&bytes, other, *len));
                for (one, other) in one.zip(other) {
                    bytes.swap(one, other);
                }
            }
            Slip::Character(at, char) => drop(bytes.splice(part(&bytes, at, 1), char.to_string().into_bytes())),
            Slip::Exchange(at, other) if !words.is_empty() => {
                let other = text[words[other.index(words.len())].clone()].to_owned();
                bytes.splice(words[at.index(words.len())].clone(), other.into_bytes());
            }
            Slip::Word(at, word) if !words.is_empty() => {
                bytes.splice(words[at.index(words.len())].clone(), word.bytes());
            }
            Slip::Line(at, other) if !lines.is_empty() => {
                let mut lines = lines.clone();
                lines.insert(at.index(lines.len()), lines[other.index(lines.len())]);
                bytes = lines.concat().into_bytes();
            }
            Slip::Exchange(..) | Slip::Word(..) | Slip::Line(..) => {}
        }
        text = String::from_utf8_lossy(&bytes).into_owned();
    }
    text
}

/// All scripts of the tests.
fn scripts() -> Vec<String> {
    let (mut folders, mut scripts) = (vec![Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/scripts")], Vec::new());
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|extension| extension == "py") {
                scripts.push(path);
            }
        }
    }
    scripts.sort();
    scripts.iter().map(|script| fs::read_to_string(script).unwrap()).collect()
}

fn cases() -> ProptestConfig {
    let usual = ProptestConfig { failure_persistence: None, ..ProptestConfig::default() };
    match std::env::var_os("PROPTEST_CASES") {
        Some(_) => usual,
        None => ProptestConfig { cases: CASES, ..usual },
    }
}

proptest! {
    #![proptest_config(cases())]

    #[test]
    fn any_text(text in text(), gil in any::<bool>()) {
        withstands(&text, gil)?;
    }

    #[test]
    fn any_words(words in prop::collection::vec(prop::sample::select(WORDS), 0..40), gil in any::<bool>()) {
        withstands(&words.join(" "), gil)?;
    }

    #[test]
    fn scripts_with_slips(script in prop::sample::select(scripts()), slips in slips(), gil in any::<bool>()) {
        withstands(&slipped(&script, &slips), gil)?;
    }
}
