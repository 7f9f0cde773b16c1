//! What the page has of each lab, beside the engine's module: files that are fetched only once their lab is opened. Nothing here
//! knows a lab by its name.
//!
//! All but pictures are plain scripts that set globals, for in a frame without an origin nothing else would load:
//!
//! | file | global | what |
//! |---|---|---|
//! | `sheet-<slug>-<hash>.js` | `interleaveSheet`, `interleaveLesson` | the bytes of its sheet, and its lesson as HTML |
//! | `programs-<slug>-<hash>.js` | `interleaveLayouts` | what its programs are written with: an object of texts by name |
//! | `recorded-<slug>-<hash>.js` | `interleaveRecorded` | the bytes of the report of a recorded run |
//! | `card-<slug>-<colours>-<hash>.webp` | | a picture of what a run measured, for the map of the course |
//!
//! Bytes are in the form of [`message`], in a string with a character for each.

use std::{collections::BTreeMap, fs, path::Path};

use anyhow::{Context, Result, bail};
use interleave_labs::{Entry, Sheet, message};
use serde_json::{Value, json};

use super::{course, engine::Folders, site};
use crate::files;

/// Where a lab's files are, from the page.
#[derive(Debug)]
pub(super) struct Lab {
    pub(super) slug: &'static str,
    pub(super) sheet: Sheet,
    pub(super) card: Option<Card>,
    sheet_file: String,
    engine: String,
    board: Option<String>,
    programs: Option<String>,
    recorded: Option<String>,
}

/// Where a lab's pictures for the map are, from the page: the same in light and dark colours.
#[derive(Debug)]
pub(super) struct Card {
    pub(super) light: String,
    pub(super) dark: String,
}

impl Card {
    /// Width and height, in pixels.
    pub(super) const SIZE: [u32; 2] = [480, 300];
}

impl Lab {
    /// Adds the files of `lab` to the site in `stage`. `root` is the workspace.
    pub(super) fn add(stage: &Path, root: &Path, lab: &Entry, engine: &Folders) -> Result<Lab> {
        let sheet = lab.sheet();
        let name = |what: &str| format!("{what}-{}", lab.slug);
        let lesson = serde_json::to_string(&course::lesson(&sheet, lab.lesson))?;
        let sheet_script =
            bytes_script("interleaveSheet", &message::to_bytes(&sheet)) + &format!("self.interleaveLesson={lesson};\n");
        let layouts = root.join("crates/labs/src").join(lab.slug.replace('-', "_")).join("code");
        let programs = layouts_script(&layouts)?;
        if programs.is_none() && !sheet.programs.is_empty() {
            bail!("there are no layouts of the programs of {} in {}", lab.slug, layouts.display());
        }
        let recorded = recorded_script(lab, &root.join(format!("static/recorded/{}.json", lab.slug)))?;
        if recorded.is_none() {
            println!("dist: there is no recorded run of {}: `cargo xtask record` makes it", lab.slug);
        }
        let picture = |colours: &str| {
            let file = root.join(format!("static/cards/{}-{colours}.webp", lab.slug));
            let add = |bytes: &[u8]| site::add(stage, &format!("{}-{colours}", name("card")), "webp", bytes);
            file.is_file().then(|| add(&fs::read(&file)?)).transpose()
        };
        let card = picture("light")?.zip(picture("dark")?).map(|(light, dark)| Card { light, dark });
        if card.is_none() {
            println!("dist: there is no picture of {}: `cargo xtask picture` takes it", lab.slug);
        }
        let add = |what: &str, script: String| site::add(stage, &name(what), "js", script.as_bytes());
        Ok(Lab {
            slug: lab.slug,
            sheet,
            card,
            sheet_file: add("sheet", sheet_script)?,
            engine: format!("engine/{}/", engine.whole),
            board: engine.board.as_ref().map(|folder| format!("engine/{folder}/")),
            programs: programs.map(|script| add("programs", script)).transpose()?,
            recorded: recorded.map(|script| add("recorded", script)).transpose()?,
        })
    }
}

/// The list of labs that the page has, which `boot.js` reads: a script's content, and no script.
pub(super) fn list(labs: &[Lab]) -> String {
    let entry = |lab: &Lab| {
        let mut entry = json!({
            "slug": lab.slug,
            "question": lab.sheet.question,
            "lead": lab.sheet.lead,
            "sheet": lab.sheet_file,
            "engine": lab.engine,
        });
        for (key, file) in [("board", &lab.board), ("programs", &lab.programs), ("recorded", &lab.recorded)] {
            if let Some(file) = file {
                entry[key] = json!(file);
            }
        }
        entry
    };
    // The only characters that mean something there.
    Value::from_iter(labs.iter().map(entry)).to_string().replace('<', "\\u003c")
}

/// A script that sets a global to bytes. Most of them are text, and stay it, so that they compress like it.
fn bytes_script(global: &str, bytes: &[u8]) -> String {
    let mut script = format!("self.{global}=\"");
    for &byte in bytes {
        match byte {
            0 => script += "\\x00",
            b'\n' => script += "\\n",
            b'\r' => script += "\\r",
            b'"' | b'\\' => script.extend(['\\', char::from(byte)]),
            other => script.push(char::from(other)),
        }
    }
    script + "\";\n"
}

/// All layouts in the folders of `folder`, one for each language, by names such as `python/threads.py`; nothing if there are none.
fn layouts_script(folder: &Path) -> Result<Option<String>> {
    let mut texts = BTreeMap::new();
    for file in files::list(folder)? {
        let name = files::name_below(folder, &file);
        // What is in no folder of a language is the code that fills them in.
        if name.contains('/') {
            let text = fs::read_to_string(&file).with_context(|| format!("cannot read {}", file.display()))?;
            texts.insert(name, text);
        }
    }
    let script = (!texts.is_empty()).then(|| serde_json::to_string(&texts)).transpose()?;
    Ok(script.map(|texts| format!("self.interleaveLayouts={texts};\n")))
}

/// The report of the result file `file`, which shows the lab where nothing can be measured; nothing if there is no such file.
fn recorded_script(lab: &Entry, file: &Path) -> Result<Option<String>> {
    if !file.exists() {
        return Ok(None);
    }
    let text = fs::read_to_string(file).with_context(|| format!("cannot read {}", file.display()))?;
    let report = lab.explain(&text).with_context(|| format!("{} is not shown", file.display()))?;
    Ok(Some(bytes_script("interleaveRecorded", &message::to_bytes(&report.rendered()))))
}

#[cfg(test)]
pub(super) mod tests;
