use std::env;

use interleave_labs::{LABS, Report};
use interleave_trace::figure::Rendered;

use super::*;

fn root() -> std::path::PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..").canonicalize().unwrap()
}

/// A lab without files.
pub(crate) fn bare(slug: &'static str, sheet: Sheet) -> Lab {
    let (sheet_file, engine) = (format!("sheet-{slug}.js"), format!("engine/{slug}/"));
    Lab { slug, sheet, card: None, sheet_file, engine, board: None, programs: None, recorded: None }
}

/// As a browser reads the first line of a script of [`bytes_script`]: the global, and the bytes in its string.
fn read(script: &str) -> (&str, Vec<u8>) {
    let script = script.split_inclusive('\n').next().unwrap();
    let (global, rest) = script.strip_prefix("self.").unwrap().split_once("=\"").unwrap();
    let mut rest = rest.strip_suffix("\";\n").unwrap().chars();
    let mut bytes = Vec::new();
    while let Some(c) = rest.next() {
        assert!(!matches!(c, '"' | '\n' | '\r'), "a string would end here");
        let c = match c {
            '\\' => match rest.next().unwrap() {
                'n' => '\n',
                'r' => '\r',
                'x' => {
                    let digits: String = rest.by_ref().take(2).collect();
                    char::from(u8::from_str_radix(&digits, 16).unwrap())
                }
                other => other,
            },
            other => other,
        };
        bytes.push(u8::try_from(c).unwrap());
    }
    (global, bytes)
}

#[test]
fn a_script_holds_any_bytes() {
    let all: Vec<u8> = (0..=255).chain(b"0\\x00\"\r\n\\".iter().copied()).collect();
    assert_eq!(read(&bytes_script("a", &all)), ("a", all));
}

#[test]
fn every_lab_has_a_sheet_that_reads_back_and_a_place_in_the_list() {
    let stage = env::temp_dir().join(format!("interleave-labs-{}", std::process::id()));
    files::fresh_dir(&stage).unwrap();
    let folders =
        |lab: &Entry| Folders { whole: "ab-01".to_owned(), board: lab.sheet().board.then(|| "c-02".to_owned()) };
    let added: Vec<Lab> = LABS.iter().map(|lab| Lab::add(&stage, &root(), lab, &folders(lab)).unwrap()).collect();
    let text = |file: &Value| fs::read_to_string(stage.join(file.as_str().unwrap())).unwrap();
    let list: Value = serde_json::from_str(&list(&added)).unwrap();
    assert_eq!(list.as_array().unwrap().len(), LABS.len());
    for (lab, entry) in LABS.iter().zip(list.as_array().unwrap()) {
        let script = text(&entry["sheet"]);
        let (global, bytes) = read(&script);
        assert_eq!((global, message::from_bytes(&bytes)), ("interleaveSheet", Ok(lab.sheet())));
        let lesson = script.lines().nth(1).unwrap().strip_prefix("self.interleaveLesson=").unwrap();
        let lesson: String = serde_json::from_str(lesson.strip_suffix(';').unwrap()).unwrap();
        assert_eq!(lesson, course::lesson(&lab.sheet(), lab.lesson), "{}", lab.slug);
        assert_eq!((&entry["slug"], &entry["question"]), (&json!(lab.slug), &json!(lab.sheet().question)));
        assert_eq!(entry["engine"], "engine/ab-01/");
        assert_eq!(entry.get("board"), lab.sheet().board.then(|| json!("engine/c-02/")).as_ref());
        assert_eq!(entry.get("programs").is_some(), !lab.sheet().programs.is_empty());
        if let Some(recorded) = entry.get("recorded") {
            let script = text(recorded);
            let (global, bytes) = read(&script);
            let report: Report<Rendered> = message::from_bytes(&bytes).unwrap();
            assert!(global == "interleaveRecorded" && !report.figures.is_empty(), "{}", lab.slug);
        }
    }
    files::remove(&stage).unwrap();
}

/// Each loads when its reader comes to it, on a connection of any kind.
#[test]
fn every_lab_has_small_pictures_of_what_it_measured() {
    for lab in LABS {
        for colours in ["light", "dark"] {
            let file = root().join(format!("static/cards/{}-{colours}.webp", lab.slug));
            let bytes = fs::read(&file).unwrap_or_else(|error| panic!("{}: {error}", file.display()));
            assert!(bytes.starts_with(b"RIFF") && bytes.len() <= 12_000, "{}: {} bytes", file.display(), bytes.len());
        }
    }
}

#[test]
fn the_list_cannot_end_its_script() {
    let mut sheet = LABS[0].sheet();
    sheet.lead = "</script><!-- & \"".to_owned();
    let list = list(&[bare("a", sheet)]);
    assert!(!list.contains('<'), "{list}");
    let read: Value = serde_json::from_str(&list).unwrap();
    assert_eq!((&read[0]["lead"], read[0].get("programs")), (&json!("</script><!-- & \""), None));
}

#[test]
fn the_script_of_programs_holds_every_layout_and_nothing_else() {
    let folder = env::temp_dir().join(format!("interleave-layouts-{}", std::process::id()));
    files::fresh_dir(&folder.join("p")).unwrap();
    fs::write(folder.join("mod.rs"), "fn f() {}").unwrap();
    assert_eq!(layouts_script(&folder).unwrap(), None);
    fs::write(folder.join("p/run.py"), "print(\"@N\")\n").unwrap();
    let script = layouts_script(&folder).unwrap().unwrap();
    assert_eq!(script, "self.interleaveLayouts={\"p/run.py\":\"print(\\\"@N\\\")\\n\"};\n");
    files::remove(&folder).unwrap();
}

/// Names of labs are words that also mean other things, so those count that stand alone in quotes or in an address.
#[test]
fn no_source_names_a_lab() {
    let is_source = |file: &Path| {
        let kind = file.extension().unwrap_or_default();
        ["rs", "js", "html", "toml", "webmanifest", "css"].iter().any(|known| kind == *known)
    };
    let sources = ["crates/xtask", "static", "index.html", "Trunk.toml"];
    let sources = sources.iter().flat_map(|path| files::list(&root().join(path)).unwrap());
    for file in sources.filter(|file| is_source(file)) {
        let text = fs::read_to_string(&file).unwrap();
        for lab in LABS {
            let names = ["'*'", "\"*\"", "`*`", "lab=*", "engine/*", "src/*", "-*-", "labs::*"];
            for name in names.map(|name| name.replace('*', lab.slug)) {
                assert!(!text.contains(&name), "{} has {name}", file.display());
            }
            assert!(!text.contains(&lab.sheet().question), "{} has the question of {}", file.display(), lab.slug);
        }
    }
}

/// The element for blogs passes on whatever it is given; its own attributes and those of every element are not arguments.
#[test]
fn no_control_is_called_as_an_attribute_of_the_blogs_element() {
    let script = fs::read_to_string(root().join("static/embed.js")).unwrap();
    let (_, rest) = script.split_once("const OWN =").unwrap();
    let taken: Vec<&str> = rest.split('\'').nth(1).unwrap().split(' ').collect();
    assert!(taken.contains(&"load") && taken.contains(&"title"), "{taken:?}");
    let controls = LABS.iter().flat_map(|lab| lab.sheet().controls.into_iter().map(move |control| (lab, control)));
    for (lab, control) in controls {
        let own = taken.contains(&control.name.as_str());
        let everywhere = ["on", "data-", "aria-"].iter().any(|start| control.name.starts_with(start));
        assert!(!own && !everywhere, "{} of {}", control.name, lab.slug);
    }
}
