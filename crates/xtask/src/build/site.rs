//! What stands around the page that trunk builds: the script that starts it, the service worker that keeps it, the headers for hosts
//! that read them from a file, and the page in one plain script for frames where modules cannot load.

use std::{
    collections::BTreeMap,
    fs,
    path::{Path, PathBuf},
};

use anyhow::{Context, Result, bail};
use base64::prelude::{BASE64_STANDARD, Engine};
use sha2::{Digest, Sha256};

use crate::{files, server::ISOLATION};

/// In the page, before the name of its build.
pub const BUILD_MARK: &str = "data-build=\"";

/// Not part of a page that a reader keeps: hosts read the first, people the second, sandboxed frames the next two, whoever shows a link the
/// one after, blogs and browsers the others.
const NOT_KEPT: &[&str] = &["_headers", "licenses.txt", "sandboxed-", "recorded-", "social.png", "embed.js", "sw.js"];
/// Kept from their first use on.
const KEPT_WHEN_USED: &[&str] = &["engine/", "sheet-", "programs-", "card-", "desk-", "looks-", "editor-"];

/// Adds the script called `name` to `stage`, from `source`, the folder of the scripts. Gives back its file's name.
pub(super) fn script(stage: &Path, source: &Path, name: &str) -> Result<String> {
    add(stage, name, "js", &read(&source.join(name).with_extension("js"))?)
}

/// Adds the page for frames without an origin to `stage`, and gives back what starts the page: the list of `labs`; the script `boot`
/// itself, which would otherwise cost a round trip, and which knows the scripts `looks`, `editor` and `desk`; and links that let browsers fetch
/// the app before it asks.
pub(super) fn start_tags(stage: &Path, labs: &str, boot: &str, [looks, editor, desk]: [&str; 3]) -> Result<String> {
    let glue = only(stage, "interleave-app-", ".js")?;
    let wasm = only(stage, "interleave-app-", "_bg.wasm")?;
    let plain = Plain::of(&fs::read_to_string(stage.join(&glue))?, &fs::read(stage.join(&wasm))?)?;
    let script = format!("self.interleaveStart=()=>{{{}\nreturn {};}};\n", plain.body, plain.start);
    let sandboxed = add(stage, "sandboxed", "js", script.as_bytes())?;
    let first = fs::read_to_string(stage.join(boot))?;
    if first.contains("</") || first.contains("<!--") {
        bail!("boot.js stands in the page, and must not hold what ends a script there");
    }
    Ok(format!(
        "<script type=\"application/json\" id=\"labs\">{labs}</script>\
         <script {BUILD_MARK}\" data-app=\"{glue}\" data-wasm=\"{wasm}\" data-sandboxed=\"{sandboxed}\" data-looks=\"{looks}\" data-editor=\"{editor}\" data-desk=\"{desk}\">{}</script>\
         <script type=\"module\" async fetchpriority=\"high\" src=\"./{glue}\"></script>\
         <link rel=\"preload\" as=\"fetch\" crossorigin href=\"./{wasm}\">",
        first.trim_end()
    ))
}

/// The app's script, with a line before it for hosts whose content security policy refuses scripts in pages: the file `boot` is loaded there.
pub(super) fn with_boot(script: &str, boot: &str) -> String {
    format!("self.interleaveBoot||import(\"./{boot}\");\n{script}")
}

/// Finishes the site in `stage`: names this build in the page, writes the headers for hosts that read them from a file, and the service
/// worker, whose script is in the folder `source`, and which knows the build and its files. Comes last, and may come again.
pub fn finish(stage: &Path, source: &Path) -> Result<()> {
    for made_here in ["_headers", "sw.js"] {
        files::remove(&stage.join(made_here))?;
    }
    let page = stage.join("index.html");
    let html = fs::read_to_string(&page).context("the site has no index.html")?;
    let (before, after) = html.split_once(BUILD_MARK).context("the page has no place for the name of its build")?;
    let after = after.split_once('"').context("the page does not end the name of its build")?.1;
    let page_of = |build: &str| format!("{before}{BUILD_MARK}{build}\"{after}");
    fs::write(&page, page_of(""))?;
    let build = files::hash(stage)?;
    fs::write(&page, page_of(&build))?;

    let all: Vec<String> = files::list(stage)?.iter().map(|file| files::name_below(stage, file)).collect();
    fs::write(stage.join("_headers"), headers(&all))?;
    fs::write(stage.join("sw.js"), service_worker(stage, source, &build, &all)?)?;
    Ok(())
}

/// The service worker's script, with this build and the digests of its files before it.
fn service_worker(stage: &Path, source: &Path, build: &str, all: &[String]) -> Result<String> {
    let script = String::from_utf8(read(&source.join("sw.js"))?)?;
    let is_one_of = |file: &str, starts: &[&str]| starts.iter().any(|start| file.starts_with(start));
    let (mut page, mut labs) = (BTreeMap::new(), BTreeMap::new());
    for file in all.iter().filter(|file| *file != "index.html" && !is_one_of(file, NOT_KEPT)) {
        let digest = BASE64_STANDARD.encode(Sha256::digest(read(&stage.join(file))?));
        if is_one_of(file, KEPT_WHEN_USED) { &mut labs } else { &mut page }.insert(file, digest);
    }
    let list = |files| serde_json::to_string_pretty(files);
    Ok(format!(
        "const BUILD = {build:?};\nconst PAGE_FILES = {};\nconst LAB_FILES = {};\n{script}",
        list(&page)?,
        list(&labs)?
    ))
}

/// The headers of the site's own files, and of no others, for there may be more on its host: the page and the workers that it starts
/// are isolated; frames without an origin and pages that are isolated themselves may load the rest.
fn headers(all: &[String]) -> String {
    let cached = "Cache-Control: public, max-age=31536000, immutable";
    let isolated = ISOLATION.map(|(name, value)| format!("{name}: {value}"));
    let loadable = "Cross-Origin-Resource-Policy: cross-origin".to_owned();
    let mut rules = vec![("", isolated.to_vec()), ("index.html", isolated.to_vec())];
    rules.push(("engine/*", [&isolated[..], &[cached.to_owned()]].concat()));
    for file in all.iter().filter(|file| *file != "index.html" && !file.starts_with("engine/")) {
        let cached = files::has_hash(file).then(|| cached.to_owned());
        rules.push((file, [loadable.clone()].into_iter().chain(cached).collect()));
    }
    let rule = |(path, headers): &(&str, Vec<String>)| {
        let lines: String = headers.iter().map(|header| format!("  {header}\n")).collect();
        format!("/{path}\n{lines}  X-Content-Type-Options: nosniff\n")
    };
    rules.iter().map(rule).collect::<Vec<_>>().join("\n")
}

fn read(file: &Path) -> Result<Vec<u8>> {
    fs::read(file).with_context(|| format!("cannot read {}", file.display()))
}

/// Adds a file of this `kind` under a name that changes with its content.
pub(super) fn add(stage: &Path, name: &str, kind: &str, bytes: &[u8]) -> Result<String> {
    let mut fingerprint = files::Fingerprint::default();
    fingerprint.add(name, bytes);
    let name = format!("{name}-{}.{kind}", fingerprint.finish());
    fs::write(stage.join(&name), bytes)?;
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

    /// A finished site of a few files, and the service worker's lists of them.
    fn finished(name: &str, files: &[(&str, &str)]) -> (PathBuf, String) {
        let stage = std::env::temp_dir().join(format!("interleave-site-{name}-{}", std::process::id()));
        files::fresh_dir(&stage.join("engine/a-01")).unwrap();
        for (file, text) in files {
            fs::write(stage.join(file), text).unwrap();
        }
        finish(&stage, &Path::new(env!("CARGO_MANIFEST_DIR")).join("../../static")).unwrap();
        let script = fs::read_to_string(stage.join("sw.js")).unwrap();
        (stage, script.split("\n//").next().unwrap().to_owned())
    }

    const FILES: [(&str, &str); 7] = [
        ("index.html", "<script data-build=\"\">"),
        ("licenses.txt", ""),
        ("app-0123456789abcdef.js", ""),
        ("embed.js", ""),
        ("sheet-a-01.js", ""),
        ("recorded-a-01.js", ""),
        ("engine/a-01/worker.js", "0"),
    ];

    #[test]
    fn the_service_worker_keeps_the_page_at_once_and_labs_when_they_are_used() {
        let (stage, lists) = finished("lists", &FILES);
        let (page, labs) = lists.split_once("const LAB_FILES").unwrap();
        let names = |list: &str| list.matches("\": \"").count();
        assert!(
            page.contains("\"app-0123456789abcdef.js\": \"47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=\""),
            "{page}"
        );
        assert!(labs.contains("\"engine/a-01/worker.js\"") && labs.contains("\"sheet-a-01.js\""), "{labs}");
        assert_eq!((names(page), names(labs)), (1, 2), "{lists}");
        files::remove(&stage).unwrap();
    }

    #[test]
    fn a_page_names_its_build_and_another_build_has_another_name() {
        let (stage, lists) = finished("name", &FILES);
        let name = lists.split('"').nth(1).unwrap();
        assert_eq!(name.len(), 8, "{lists}");
        assert_eq!(fs::read_to_string(stage.join("index.html")).unwrap(), format!("<script data-build=\"{name}\">"));
        // The same again has the same name, and so have the same files elsewhere.
        finish(&stage, &Path::new(env!("CARGO_MANIFEST_DIR")).join("../../static")).unwrap();
        assert!(fs::read_to_string(stage.join("sw.js")).unwrap().starts_with(&lists));
        let mut changed = FILES;
        changed[6].1 = "1";
        let (other, other_lists) = finished("other-name", &changed);
        assert_ne!(other_lists.split('"').nth(1), Some(name));
        files::remove(&stage).unwrap();
        files::remove(&other).unwrap();
    }

    #[test]
    fn the_file_of_headers_names_the_sites_own_files_and_no_others() {
        let rules = headers(&FILES.map(|(file, _)| file.to_owned()));
        let rule = |path: &str| {
            let found = rules.split("\n\n").find(|rule| rule.lines().next() == Some(path));
            found.unwrap_or_else(|| panic!("{path}: {rules}"))
        };
        for isolated in ["/", "/index.html", "/engine/*"] {
            assert!(ISOLATION.iter().all(|(name, value)| rule(isolated).contains(&format!("  {name}: {value}\n"))));
        }
        assert!(rule("/embed.js").contains("Resource-Policy: cross-origin") && !rule("/embed.js").contains("Opener"));
        assert!(rule("/app-0123456789abcdef.js").contains("immutable") && !rule("/embed.js").contains("immutable"));
        assert_eq!(rules.matches('*').count(), 1, "{rules}");
    }
}
