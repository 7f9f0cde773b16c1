//! What stands around the page that trunk builds: the script that starts it, the service worker that keeps it, and the
//! page in one plain script for frames where modules cannot load.

use std::{
    fs,
    path::{Path, PathBuf},
};

use anyhow::{Context, Result, bail};
use base64::prelude::{BASE64_STANDARD, Engine};

use crate::files;

/// Not part of a page that a reader keeps: hosts read the first, sandboxed frames the next two, blogs and browsers the others.
const NOT_KEPT: &[&str] = &["_headers", "sandboxed-", "recorded-", "embed.js", "sw.js"];
/// Kept from their first use on.
const KEPT_WHEN_USED: &[&str] = &["engine/", "sheet-", "programs-", "desk-"];

/// Adds the page's first script to `stage`, from `source`, the folder of the scripts. Gives back its file's name.
pub(super) fn boot(stage: &Path, source: &Path) -> Result<String> {
    add(stage, "boot", &read(&source.join("boot.js"))?)
}

/// Adds the page for frames without an origin to `stage`, and gives back what starts the page: the list of `labs`; the script `boot`
/// itself, which would otherwise cost a round trip, and which knows the script `desk`; and links that let browsers fetch the app before it asks.
pub(super) fn start_tags(stage: &Path, labs: &str, boot: &str, desk: &str) -> Result<String> {
    let glue = only(stage, "interleave-app-", ".js")?;
    let wasm = only(stage, "interleave-app-", "_bg.wasm")?;
    let plain = Plain::of(&fs::read_to_string(stage.join(&glue))?, &fs::read(stage.join(&wasm))?)?;
    let script = format!("self.interleaveStart=()=>{{{}\nreturn {};}};\n", plain.body, plain.start);
    let sandboxed = add(stage, "sandboxed", script.as_bytes())?;
    let first = fs::read_to_string(stage.join(boot))?;
    if first.contains("</") || first.contains("<!--") {
        bail!("boot.js stands in the page, and must not hold what ends a script there");
    }
    Ok(format!(
        "<script type=\"application/json\" id=\"labs\">{labs}</script>\
         <script data-app=\"{glue}\" data-wasm=\"{wasm}\" data-sandboxed=\"{sandboxed}\" data-desk=\"{desk}\">{}</script>\
         <script type=\"module\" async fetchpriority=\"high\" src=\"./{glue}\"></script>\
         <link rel=\"preload\" as=\"fetch\" crossorigin href=\"./{wasm}\">",
        first.trim_end()
    ))
}

/// The app's script, with a line before it for hosts whose content security policy refuses scripts in pages: the file `boot` is loaded there.
pub(super) fn with_boot(script: &str, boot: &str) -> String {
    format!("self.interleaveBoot||import(\"./{boot}\");\n{script}")
}

/// Writes the service worker, which knows this version's name and files. Comes last.
pub(super) fn service_worker(stage: &Path, source: &Path) -> Result<()> {
    let script = String::from_utf8(read(&source.join("sw.js"))?)?;
    let all = files::list(stage)?;
    let is_one_of = |file: &str, starts: &[&str]| starts.iter().any(|start| file.starts_with(start));
    let (when_used, kept): (Vec<String>, Vec<String>) = all
        .iter()
        .map(|file| files::name_below(stage, file))
        .filter(|file| file != "index.html" && !is_one_of(file, NOT_KEPT))
        .partition(|file| is_one_of(file, KEPT_WHEN_USED));
    let list = |files: &[String]| serde_json::to_string(files);
    let version = files::hash(stage)?;
    let lines = format!(
        "const BUILD = {version:?};\nconst FILES = {};\nconst LAB_FILES = {};\n",
        list(&kept)?,
        list(&when_used)?
    );
    fs::write(stage.join("sw.js"), lines + &script)?;
    Ok(())
}

fn read(file: &Path) -> Result<Vec<u8>> {
    fs::read(file).with_context(|| format!("cannot read {}", file.display()))
}

/// Adds a script under a name that changes with its content.
pub(super) fn add(stage: &Path, name: &str, script: &[u8]) -> Result<String> {
    let mut fingerprint = files::Fingerprint::default();
    fingerprint.add(name, script);
    let name = format!("{name}-{}.js", fingerprint.finish());
    fs::write(stage.join(&name), script)?;
    Ok(name)
}

/// The one file in `stage` whose name begins and ends so.
pub(super) fn only(stage: &Path, start: &str, end: &str) -> Result<String> {
    let names: Vec<String> = fs::read_dir(stage)?
        .filter_map(|entry| Some(entry.ok()?.file_name().to_string_lossy().into_owned()))
        .filter(|name| name.starts_with(start) && name.ends_with(end))
        .collect();
    match names.as_slice() {
        [name] => Ok(name.clone()),
        _ => bail!("expected one {start}…{end} in {}, found {names:?}", PathBuf::from(stage).display()),
    }
}

/// A module of wasm-bindgen and its WebAssembly as the parts of a script without imports or exports.
pub(super) struct Plain {
    /// Statements for the inside of a function.
    pub(super) body: String,
    /// An expression after them: starts the module, and is a promise of that.
    pub(super) start: String,
    /// The end of the module's script: what it calls what it exports.
    exports: Vec<(String, String)>,
}

impl Plain {
    /// Of the script `glue` and its module `wasm`.
    pub(super) fn of(glue: &str, wasm: &[u8]) -> Result<Plain> {
        let end = glue.trim_end().trim_end_matches(';').strip_suffix('}').and_then(|glue| glue.rsplit_once("export{"));
        let Some((body, names)) = end else {
            bail!("the script does not end with its exports: look at the new wasm-bindgen");
        };
        if ["export{", "export ", "import{", "import "].iter().any(|word| body.contains(word)) {
            bail!("the script imports or exports more than expected: look at the new wasm-bindgen");
        }
        let pair = |name: &str| {
            let (own, known) = name.split_once(" as ").unwrap_or((name, name));
            (known.trim().to_owned(), own.trim().to_owned())
        };
        let exports = names.split(',').map(pair).collect();
        let bytes = BASE64_STANDARD.encode(wasm);
        let mut plain =
            Plain { body: body.replace("import.meta.url", "document.baseURI"), start: String::new(), exports };
        let init = plain.exported("default")?;
        plain.start = format!("{init}({{module_or_path:Uint8Array.from(atob(\"{bytes}\"),(c)=>c.charCodeAt(0))}})");
        Ok(plain)
    }

    /// What the script calls what it exports as `name`.
    pub(super) fn exported(&self, name: &str) -> Result<String> {
        let found = self.exports.iter().find(|(known, _)| known == name);
        found.map(|(_, own)| own.clone()).with_context(|| format!("the script does not export {name}"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_module_becomes_a_plain_script() {
        let glue = "function i(e){e=new URL(\"a.wasm\",import.meta.url);}function a(){}export{s as initSync,i as default,a as x_y};\n";
        let plain = Plain::of(glue, b"\0asm").unwrap();
        assert!(plain.body.contains("document.baseURI") && !plain.body.contains("export"), "{}", plain.body);
        assert_eq!(plain.start, "i({module_or_path:Uint8Array.from(atob(\"AGFzbQ==\"),(c)=>c.charCodeAt(0))})");
        assert_eq!(plain.exported("x_y").unwrap(), "a");
        assert!(plain.exported("z").is_err());
        assert!(Plain::of("function f(){}", b"").is_err());
        assert!(Plain::of(&format!("import {{a}} from './b.js';{glue}"), b"").is_err());
    }

    #[test]
    fn the_service_worker_keeps_the_page_at_once_and_labs_when_they_are_used() {
        let stage = std::env::temp_dir().join(format!("interleave-site-{}", std::process::id()));
        files::fresh_dir(&stage.join("engine/a-01")).unwrap();
        for file in ["index.html", "app.js", "_headers", "sheet-a-01.js", "recorded-a-01.js", "engine/a-01/worker.js"] {
            fs::write(stage.join(file), file).unwrap();
        }
        let scripts = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../static");
        service_worker(&stage, &scripts).unwrap();
        let script = fs::read_to_string(stage.join("sw.js")).unwrap();
        let lists = "const FILES = [\"app.js\"];\nconst LAB_FILES = [\"engine/a-01/worker.js\",\"sheet-a-01.js\"];\n//";
        assert!(script.contains(lists), "{script}");
        files::remove(&stage).unwrap();
    }
}
