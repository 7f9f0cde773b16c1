//! `licenses.txt` of the site: the licences of all that it contains, as they ask for. The page never loads it.
//!
//! That is the crates that its modules are linked from, Rust's own library among them. What wasm-bindgen and wasm-bindgen-rayon write into
//! scripts is theirs, and they are crates, too.

use std::{
    collections::{BTreeMap, BTreeSet},
    fmt::Write,
    fs,
    path::{Path, PathBuf},
    process::Command,
};

use anyhow::{Context, Result, bail};
use serde_json::Value;

use crate::{setup::Setup, toolchain::TARGET, workspace::Workspace};

/// What the site's modules are built of, in the workspace and in Rust's library.
const MODULES: [&str; 3] = ["interleave-app", "interleave-desk", "interleave-engine"];
const LIBRARY: [&str; 1] = ["std"];
/// What the names of files with licences begin with, in capitals.
const FILES: [&str; 6] = ["LICENSE", "LICENCE", "COPYING", "COPYRIGHT", "NOTICE", "UNLICENSE"];
/// The files of the workspace's own licence, which also stand for those of crates that leave them out.
const OWN: [(&str, &str); 2] = [("MIT", "LICENSE-MIT"), ("Apache-2.0", "LICENSE-APACHE")];

/// Adds `licenses.txt` to `stage`.
pub(super) fn add(workspace: &Workspace, setup: &Setup, stage: &Path) -> Result<()> {
    let root = workspace.root();
    let target = workspace.target().join(super::APP_TARGET_DIR);
    let cargo = || setup.toolchain.cargo(workspace, &target, &[]);
    let mut parts = vec![own(root)?];
    let own_names = OWN.map(|(name, file)| (name, root.join(file)));
    parts.extend(linked(&metadata(cargo(), &root.join("Cargo.toml"))?, &MODULES, &own_names)?);
    parts.extend(linked(&metadata(cargo(), &setup.toolchain.library_manifest())?, &LIBRARY, &own_names)?);
    Ok(fs::write(stage.join("licenses.txt"), text(&parts))?)
}

/// Something with a licence.
#[derive(Debug)]
struct Part {
    name: String,
    license: String,
    from: String,
    texts: Vec<String>,
}

fn own(root: &Path) -> Result<Part> {
    let texts = OWN.iter().map(|(_, file)| read(&root.join(file))).collect::<Result<_>>()?;
    let license = env!("CARGO_PKG_LICENSE").to_owned();
    Ok(Part { name: "Interleave".to_owned(), license, from: String::new(), texts })
}

/// What cargo knows of the packages that the one of `manifest` needs on the site's target.
fn metadata(mut cargo: Command, manifest: &Path) -> Result<Value> {
    cargo.args(["metadata", "--format-version=1", "--filter-platform", TARGET, "--manifest-path"]).arg(manifest);
    let output = cargo.output().context("cannot start cargo")?;
    if !output.status.success() {
        bail!("cargo metadata of {}: {}", manifest.display(), String::from_utf8_lossy(&output.stderr).trim());
    }
    Ok(serde_json::from_slice(&output.stdout)?)
}

/// Every package in `metadata` that is linked into a module with one of `roots`, but for the workspace's own. What a package only
/// needs to be built, and what runs in the compiler, is not in the module. `standard` are licences whose text may be missing, and where it is.
fn linked(metadata: &Value, roots: &[&str], standard: &[(&str, PathBuf)]) -> Result<Vec<Part>> {
    let by_id = |list: &'static str, of: &'static str| -> BTreeMap<&str, &Value> {
        let entries = metadata.pointer(list).and_then(Value::as_array).into_iter().flatten();
        entries.filter_map(|entry| Some((entry[of].as_str()?, entry))).collect()
    };
    let (packages, nodes) = (by_id("/packages", "id"), by_id("/resolve/nodes", "id"));
    let is_macro = |package: &Value| package["targets"].to_string().contains("\"proc-macro\"");
    let mut rest: Vec<&str> = packages
        .iter()
        .filter(|(_, package)| roots.iter().any(|&root| package["name"] == root))
        .map(|(id, _)| *id)
        .collect();
    if rest.len() != roots.len() {
        bail!("cargo metadata lacks some of {}", roots.join(", "));
    }
    let mut seen = BTreeSet::new();
    while let Some(id) = rest.pop() {
        if is_macro(packages[id]) || !seen.insert(id) {
            continue;
        }
        let needed = nodes[id]["deps"].as_array().into_iter().flatten();
        let is_normal = |kind: &Value| kind["kind"].is_null();
        let normal = needed.filter(|dep| dep["dep_kinds"].as_array().into_iter().flatten().any(is_normal));
        rest.extend(normal.filter_map(|dep| dep["pkg"].as_str()));
    }
    let is_own = |id: &str| packages[id]["name"].as_str().is_some_and(|name| name.starts_with("interleave-"));
    seen.into_iter().filter(|id| !is_own(id)).map(|id| part(packages[id], standard)).collect()
}

fn part(package: &Value, standard: &[(&str, PathBuf)]) -> Result<Part> {
    let text = |field: &str| package[field].as_str().unwrap_or_default().to_owned();
    let (name, version, license) = (text("name"), text("version"), text("license"));
    let manifest = text("manifest_path");
    let mut texts = Vec::new();
    for entry in fs::read_dir(Path::new(&manifest).parent().unwrap_or(Path::new(".")))? {
        let file = entry?.path();
        let capitals = file.file_name().unwrap_or_default().to_string_lossy().to_uppercase();
        if file.is_file() && FILES.iter().any(|start| capitals.starts_with(start)) {
            texts.push(read(&file)?);
        }
    }
    if texts.is_empty() {
        for (_, file) in standard.iter().filter(|(name, _)| license.contains(name)) {
            texts.push(read(file)?.replace("Interleave developers", &format!("the authors of {name}")));
        }
    }
    if texts.is_empty() {
        bail!("{name} {version} is licensed as {license:?}, and its package has no text of that");
    }
    texts.sort();
    // Parts of Rust's library have no versions of their own.
    let version = if package["source"].is_null() { "of Rust's library".to_owned() } else { version };
    Ok(Part { name: format!("{name} {version}"), license, from: text("repository"), texts })
}

fn read(file: &Path) -> Result<String> {
    let bytes = fs::read(file).with_context(|| format!("cannot read {}", file.display()))?;
    Ok(String::from_utf8_lossy(&bytes).into_owned())
}

/// All parts, and each text once, with the parts that it belongs to.
fn text(parts: &[Part]) -> String {
    let mut out = "What this site contains, and under which licences.\n\n".to_owned();
    // By its words: texts differ in how their lines break.
    let mut texts: BTreeMap<String, (&str, Vec<&str>)> = BTreeMap::new();
    let mut order = Vec::new();
    for part in parts {
        _ = writeln!(out, "{}: {} {}", part.name, part.license, part.from);
        for text in &part.texts {
            let words = text.split_whitespace().collect::<Vec<_>>().join(" ");
            let entry = texts.entry(words.clone()).or_insert((text, Vec::new()));
            if entry.1.is_empty() {
                order.push(words);
            }
            entry.1.push(&part.name);
        }
    }
    for words in order {
        let (text, names) = &texts[&words];
        _ = write!(out, "\n{}\n{}\n\n{}\n", "-".repeat(80), names.join(", "), text.trim_end());
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tools::host_cargo;

    fn root() -> PathBuf {
        Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
    }

    #[test]
    fn what_is_linked_is_listed_with_its_texts_and_nothing_else_is() {
        let metadata = metadata(host_cargo(), &root().join("Cargo.toml")).unwrap();
        let standard = OWN.map(|(name, file)| (name, root().join(file)));
        let parts = linked(&metadata, &MODULES, &standard).unwrap();
        let has = |name: &str| parts.iter().any(|part| part.name.split(' ').next() == Some(name));
        for linked in ["yew", "wasm-bindgen", "wasm-bindgen-rayon", "rayon-core", "postcard", "serde_json"] {
            assert!(has(linked), "{linked} is missing");
        }
        for other in ["clap", "proptest", "thirtyfour", "serde_derive", "interleave-trace", "e2e"] {
            assert!(!has(other), "{other} is not in the site");
        }
        assert!(parts.iter().all(|part| !part.license.is_empty() && part.texts.iter().any(|text| text.len() > 300)));
    }

    #[test]
    fn a_package_without_texts_gets_the_standard_ones_or_is_refused() {
        let standard = OWN.map(|(name, file)| (name, root().join(file)));
        let manifest = std::env::temp_dir().join("Cargo.toml");
        let package = |license: &str| serde_json::json!({"name": "a", "version": "1.0.0", "license": license, "source": "x", "manifest_path": manifest});
        let texts = part(&package("MIT OR Apache-2.0"), &standard).unwrap().texts;
        assert_eq!(texts.len(), 2);
        assert!(texts.iter().any(|text| text.starts_with("Copyright (c) 2026 the authors of a")));
        assert!(part(&package("Zlib"), &standard).unwrap_err().to_string().contains("a 1.0.0 is licensed as \"Zlib\""));
    }

    #[test]
    fn a_text_stands_there_once_with_all_it_belongs_to() {
        let part = |name: &str, text: &str| Part {
            name: name.to_owned(),
            license: "L".to_owned(),
            from: String::new(),
            texts: vec![text.to_owned()],
        };
        let all = text(&[part("a 1", "Do as\nyou like.\n"), part("b 2", "No."), part("c 3", "Do as you like.")]);
        assert_eq!(all.matches("you like.").count(), 1);
        assert!(all.contains("\na 1, c 3\n\nDo as\nyou like.\n") && all.contains("\nb 2\n\nNo.\n"), "{all}");
    }
}
