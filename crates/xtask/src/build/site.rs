//! What stands around the page that trunk builds: the script that starts it, the service worker that keeps it, and the
//! page in one plain script for frames where modules cannot load.

use std::{
    collections::BTreeMap,
    fs,
    path::{Path, PathBuf},
};

use anyhow::{Context, Result, bail};
use base64::prelude::{BASE64_STANDARD, Engine};

use crate::files;

/// Not part of a page that a reader keeps: hosts read the first, sandboxed frames the others, blogs the next, browsers the last.
const NOT_KEPT: &[&str] = &["_headers", "sandboxed-", "example-", "embed.js", "sw.js"];

/// Adds the page's first script to `stage`, from `source`, the folder of the scripts. Gives back its file's name.
pub(super) fn boot(stage: &Path, source: &Path) -> Result<String> {
    add(stage, "boot", &read(&source.join("boot.js"))?)
}

/// Completes the site in `stage`, and gives back what starts the page: the script `boot` itself, which would otherwise cost a round trip,
/// and links that let browsers fetch the app before it asks. `source` is the folder of the scripts, `layouts` that of programs' layouts.
pub(super) fn start_tags(stage: &Path, source: &Path, layouts: &Path, engine_hash: &str, boot: &str) -> Result<String> {
    let glue = only(stage, "interleave-app-", ".js")?;
    let wasm = only(stage, "interleave-app-", "_bg.wasm")?;
    let classic = classic(&fs::read_to_string(stage.join(&glue))?, &fs::read(stage.join(&wasm))?)?;
    let sandboxed = add(stage, "sandboxed", classic.as_bytes())?;
    let example = add(stage, "example", &read(&source.join("example.js"))?)?;
    let programs = add(stage, "programs", programs(layouts)?.as_bytes())?;
    let first = fs::read_to_string(stage.join(boot))?;
    if first.contains("</") || first.contains("<!--") {
        bail!("boot.js stands in the page, and must not hold what ends a script there");
    }
    Ok(format!(
        "<meta name=\"interleave-programs\" content=\"{programs}\">\
         <script data-app=\"{glue}\" data-wasm=\"{wasm}\" data-engine=\"engine/{engine_hash}/engine_bg.wasm\" \
         data-sandboxed=\"{sandboxed}\" data-example=\"{example}\">{}</script>\
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
    let kept: Vec<String> = files::list(stage)?
        .iter()
        .map(|file| name_below(stage, file))
        .filter(|file| file != "index.html" && !NOT_KEPT.iter().any(|start| file.starts_with(start)))
        .collect();
    let version = files::hash(stage)?;
    let lines = format!("const BUILD = {version:?};\nconst FILES = {};\n", serde_json::to_string(&kept)?);
    fs::write(stage.join("sw.js"), lines + &script)?;
    Ok(())
}

/// The layouts as a plain script, which the page adds once a reader asks for a program: in a frame without an origin, nothing else
/// would load.
fn programs(layouts: &Path) -> Result<String> {
    let mut texts = BTreeMap::new();
    for file in files::list(layouts)? {
        let name = name_below(layouts, &file);
        // What is in no folder of a language is the code that fills them in.
        if name.contains('/') {
            let text = fs::read_to_string(&file).with_context(|| format!("cannot read {}", file.display()))?;
            texts.insert(name, text);
        }
    }
    if texts.is_empty() {
        bail!("there are no layouts of programs in {}", layouts.display());
    }
    Ok(format!("self.interleaveLayouts={};\n", serde_json::to_string(&texts)?))
}

fn name_below(folder: &Path, file: &Path) -> String {
    file.strip_prefix(folder).unwrap_or(file).to_string_lossy().replace('\\', "/")
}

fn read(file: &Path) -> Result<Vec<u8>> {
    fs::read(file).with_context(|| format!("cannot read {}", file.display()))
}

/// Adds a script under a name that changes with its content.
fn add(stage: &Path, name: &str, script: &[u8]) -> Result<String> {
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

/// A module of wasm-bindgen and its WebAssembly as one script without imports or exports.
fn classic(glue: &str, wasm: &[u8]) -> Result<String> {
    let end = glue.trim_end().trim_end_matches(';').strip_suffix('}').and_then(|glue| glue.rsplit_once("export{"));
    let init = end.and_then(|(_, names)| names.split(',').find_map(|name| name.trim().strip_suffix(" as default")));
    let (Some((body, _)), Some(init)) = (end, init) else {
        bail!("the page's script does not end with its exports: look at the new wasm-bindgen");
    };
    if ["export{", "export ", "import{", "import "].iter().any(|word| body.contains(word)) {
        bail!("the page's script imports or exports more than expected: look at the new wasm-bindgen");
    }
    let body = body.replace("import.meta.url", "document.baseURI");
    let bytes = BASE64_STANDARD.encode(wasm);
    Ok(format!(
        "(()=>{{{body}\n{init}({{module_or_path:Uint8Array.from(atob(\"{bytes}\"),(c)=>c.charCodeAt(0))}});}})();\n"
    ))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_module_becomes_a_plain_script() {
        let glue = "function i(e){e=new URL(\"a.wasm\",import.meta.url);}export{s as initSync,i as default};\n";
        let script = classic(glue, b"\0asm").unwrap();
        assert!(
            script.contains("document.baseURI")
                && script.contains("\ni({module_or_path:")
                && script.contains("atob(\"AGFzbQ==\")"),
            "{script}"
        );
        assert!(!script.contains("export") && !script.contains("import"), "{script}");
        assert!(classic("function f(){}", b"").is_err());
        assert!(classic(&format!("import {{a}} from './b.js';{glue}"), b"").is_err());
    }

    #[test]
    fn the_script_of_programs_holds_every_layout_and_nothing_else() {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../labs/src/code");
        let script = programs(&folder).unwrap();
        let object = script.strip_prefix("self.interleaveLayouts=").unwrap().strip_suffix(";\n").unwrap();
        let texts: BTreeMap<String, String> = serde_json::from_str(object).unwrap();
        for language in ["java", "python", "rust"] {
            for file in files::list(&folder.join(language)).unwrap() {
                assert_eq!(texts[&name_below(&folder, &file)], fs::read_to_string(&file).unwrap());
            }
        }
        let in_folders = ["java", "python", "rust"].map(|name| files::list(&folder.join(name)).unwrap().len());
        assert_eq!(texts.len(), in_folders.iter().sum::<usize>());
        assert!(programs(Path::new("/no/such/folder")).is_err());
    }
}
