//! Another build of the site: what readers of an older version have, or of a newer one.

use crate::from_xtask;
use interleave_xtask::{build, files};
use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU32, Ordering};

/// A folder with a site in it, removed with this value.
pub struct Build(PathBuf);

impl Build {
    /// The site as it was built.
    #[must_use]
    pub fn this() -> PathBuf {
        PathBuf::from(from_xtask("INTERLEAVE_DIST"))
    }

    /// The site as another build: every file whose name changes with its content has another content and another name, and the page says
    /// in `<meta name=version>` that it is `version`.
    ///
    /// # Panics
    /// If files cannot be read or written.
    #[must_use]
    pub fn another(version: &str) -> Build {
        let from = Build::this();
        let names: Vec<_> =
            files::list(&from).expect("a site").iter().map(|file| files::name_below(&from, file)).collect();
        let hashes: BTreeMap<_, _> =
            names.iter().flat_map(|name| hashes(name)).map(|hash| (hash, other(hash))).collect();
        let renamed = |text: &str| hashes.iter().fold(text.to_owned(), |text, (old, new)| text.replace(old, new));
        let build = Build::empty();
        for name in &names {
            let mut bytes = fs::read(from.join(name)).expect("a file");
            match name.rsplit_once('.').map(|(_, extension)| extension) {
                // An empty section with a name of no meaning.
                Some("wasm") => bytes.extend([0, 2, 1, b'x']),
                Some("js" | "css") => bytes = (renamed(&text(bytes)) + "\n/* another build */\n").into_bytes(),
                Some("html") => {
                    let mark = format!("<meta name=version content={version}><title>");
                    bytes = renamed(&text(bytes)).replacen("<title>", &mark, 1).into_bytes();
                }
                _ => {}
            }
            build.write(&renamed(name), &bytes);
        }
        let scripts = Path::new(env!("CARGO_MANIFEST_DIR")).join("../static");
        build::finish(build.folder(), &scripts).expect("a finished site");
        build
    }

    /// A site that has of one build those files that `of_this` says, of their paths, and of another all others.
    ///
    /// # Panics
    /// If files cannot be copied.
    #[must_use]
    pub fn mixed(this: &Path, of_this: impl Fn(&str) -> bool, other: &Path, of_other: impl Fn(&str) -> bool) -> Build {
        let build = Build::empty();
        for (folder, wanted) in [(this, &of_this as &dyn Fn(&str) -> bool), (other, &of_other)] {
            for file in files::list(folder).expect("a site") {
                let name = files::name_below(folder, &file);
                if wanted(&name) {
                    build.write(&name, &fs::read(&file).expect("a file"));
                }
            }
        }
        build
    }

    fn empty() -> Build {
        static COUNT: AtomicU32 = AtomicU32::new(0);
        let number = COUNT.fetch_add(1, Ordering::Relaxed);
        let folder = std::env::temp_dir().join(format!("interleave-build-{}-{number}", std::process::id()));
        files::fresh_dir(&folder).expect("a folder for a build");
        Build(folder)
    }

    fn write(&self, name: &str, bytes: &[u8]) {
        let path = self.0.join(name);
        fs::create_dir_all(path.parent().expect("a folder")).expect("a folder");
        fs::write(path, bytes).expect("a file");
    }

    /// Where it is.
    #[must_use]
    pub fn folder(&self) -> &Path {
        &self.0
    }

    /// The hashes in the names of its files.
    ///
    /// # Panics
    /// If its folder cannot be listed.
    #[must_use]
    pub fn hashes_of(folder: &Path) -> Vec<String> {
        let names = files::list(folder).expect("a site").into_iter().map(|file| files::name_below(folder, &file));
        names.flat_map(|name| hashes(&name).into_iter().map(str::to_owned).collect::<Vec<_>>()).collect()
    }
}

impl Drop for Build {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

/// The hashes in a path: of a file, or of the folder that it is in.
fn hashes(path: &str) -> Vec<&str> {
    let parts = path.split(['-', '/', '.', '_']);
    parts.filter(|part| (8..=16).contains(&part.len()) && part.bytes().all(|byte| byte.is_ascii_hexdigit())).collect()
}

/// Another hash for each, as long.
fn other(hash: &str) -> String {
    let next = |digit: char| char::from_digit((digit.to_digit(16).expect("a digit") + 1) % 16, 16).expect("a digit");
    hash.chars().map(next).collect()
}

fn text(bytes: Vec<u8>) -> String {
    String::from_utf8(bytes).expect("text in UTF-8")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_with_a_hash_gets_another_one_as_long() {
        let path = "engine/compare-2aab54a40fafa11d/worker.js";
        assert_eq!(hashes(path), ["2aab54a40fafa11d"]);
        assert_eq!(hashes("interleave-app-0d59154e8a22ddab_bg.wasm"), ["0d59154e8a22ddab"]);
        assert!(hashes("icon-192.png").is_empty() && hashes("manifest.webmanifest").is_empty());
        assert_eq!(other("09af"), "1ab0");
    }
}
