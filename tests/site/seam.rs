//! Nothing but a lab's own modules knows its name: a new lab touches nothing else. These need no browser.

use interleave_labs::LABS;
use std::fs;
use std::path::{Path, PathBuf};

/// What must do with any lab. Tests may name one.
const FOR_ANY_LAB: &[&str] =
    &["crates/app/src", "crates/cli/src", "crates/threads/src", "crates/trace/src", "crates/xtask/src", "static"];

/// Words that mean something else there, though a lab is called so as well.
const OTHER_MEANINGS: &[(&str, &str)] = &[
    // What a worker is.
    ("crates/threads/src/glue.js", "process"),
    ("crates/threads/src/worker.js", "process"),
    // The code of an error.
    ("crates/threads/src/glue.js", "memory"),
    ("crates/threads/src/web.rs", "memory"),
    ("crates/threads/src/worker.js", "memory"),
    // A command.
    ("crates/cli/src/machine/running.rs", "machine"),
    ("crates/cli/src/python.rs", "python"),
    // What its lane is.
    ("crates/cli/src/python.rs", "process"),
    // What a WebAssembly module imports.
    ("crates/xtask/src/engine_module.rs", "memory"),
];

#[test]
fn no_code_for_any_lab_names_one() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let (mut looked_at, mut found) = (0, Vec::new());
    for folder in FOR_ANY_LAB {
        for file in sources(&root.join(folder)) {
            let text = fs::read_to_string(&file).unwrap_or_else(|error| panic!("{}: {error}", file.display()));
            let name = file.strip_prefix(&root).unwrap().to_string_lossy().replace('\\', "/");
            looked_at += 1;
            for lab in LABS.iter().filter(|lab| !OTHER_MEANINGS.contains(&(&name, lab.slug))) {
                found.extend(namings(&text, lab.slug).into_iter().map(|line| format!("{name}: {line}")));
            }
        }
    }
    assert!(looked_at > 50, "only {looked_at} files were looked at");
    assert!(found.is_empty(), "{found:#?}");
}

#[test]
fn a_name_is_found_in_code_and_not_in_comments_and_tests() {
    let source = "\
        //! `one`, as in \"one\".\n\
        use interleave_labs::{lab, one};\n\
        use std::one::two;\n\
        let here = \"one\"; // A \"comment\".\n\
        let there = \"one more\"; // Not \"one\".\n\
        let address = 'https://example.org/?lab=one';\n\
        let other = \"lab=one-two\";\n\
        #[cfg(test)]\n\
        mod tests { \"one\" }\n";
    let lines: Vec<_> = source.lines().map(str::trim).collect();
    assert_eq!(namings(source, "one"), [lines[1], lines[3], lines[5]]);
}

/// The lines of code in which a lab is named: in quotes, in an address, or as a module.
fn namings<'a>(text: &'a str, slug: &str) -> Vec<&'a str> {
    let quoted = ['"', '\'', '`'].map(|quote| format!("{quote}{slug}{quote}"));
    let address = format!("lab={slug}");
    let ends = |rest: &str| !rest.starts_with(|next: char| next.is_alphanumeric() || matches!(next, '-' | '_'));
    let names = |code: &str| {
        quoted.iter().any(|quoted| code.contains(quoted))
            || code.match_indices(&address).any(|(at, _)| ends(&code[at + address.len()..]))
            || code
                .split_once("interleave_labs::")
                .is_some_and(|(_, path)| path.split(|c: char| !c.is_alphanumeric()).any(|word| word == slug))
    };
    let code = text.split("#[cfg(test)]\nmod tests {").next().unwrap_or(text);
    code.lines().filter(|line| names(without_comment(line))).map(str::trim).collect()
}

/// A line up to its comment: in an address, two slashes begin none.
fn without_comment(line: &str) -> &str {
    if line.trim_start().starts_with("//") {
        return "";
    }
    line.split_once(" // ").map_or(line, |(code, _)| code)
}

/// All files of Rust and JavaScript below a folder that are no tests.
fn sources(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).unwrap_or_else(|error| panic!("{}: {error}", folder.display()));
    let mut files = Vec::new();
    for path in entries.map(|entry| entry.unwrap().path()) {
        let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        if path.is_dir() {
            files.extend(sources(&path));
        } else if (name.ends_with(".rs") || name.ends_with(".js")) && !name.ends_with("tests.rs") {
            files.push(path);
        }
    }
    files
}
