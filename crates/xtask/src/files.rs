//! Folders as values: listing, hashing, copying, replacing.

use std::{
    fs, io,
    path::{Path, PathBuf},
};

use anyhow::{Context, Result};
use sha2::{Digest, Sha256};

/// A running hash over named pieces.
#[derive(Clone, Default)]
pub struct Fingerprint(Sha256);

impl Fingerprint {
    /// Adds a named piece; names and lengths are part of the hash, so that pieces cannot run into each other.
    pub fn add(&mut self, name: &str, bytes: &[u8]) {
        self.0.update((name.len() as u64).to_le_bytes());
        self.0.update(name.as_bytes());
        self.0.update((bytes.len() as u64).to_le_bytes());
        self.0.update(bytes);
    }

    /// Adds a file, or every file of a folder. What does not exist adds nothing.
    pub fn add_path(&mut self, root: &Path, path: &Path) -> Result<()> {
        for file in list(path)? {
            self.add(
                &name_below(root, &file),
                &fs::read(&file).with_context(|| format!("cannot read {}", file.display()))?,
            );
        }
        Ok(())
    }

    /// The first 32 bits in 8 hexadecimal digits: enough to tell builds apart, and the page names 45 files.
    pub fn finish(self) -> String {
        self.0.finalize().iter().take(4).map(|byte| format!("{byte:02x}")).collect()
    }
}

/// The hash of a file or a folder's files with their names.
pub fn hash(path: &Path) -> Result<String> {
    let mut fingerprint = Fingerprint::default();
    fingerprint.add_path(path, path)?;
    Ok(fingerprint.finish())
}

/// The name of a file below a folder, with `/` between its parts.
pub fn name_below(folder: &Path, file: &Path) -> String {
    file.strip_prefix(folder).unwrap_or(file).to_string_lossy().replace('\\', "/")
}

/// Whether a file's name holds `-` and a fingerprint, or up to 16 hexadecimal digits, as trunk writes them: without zeros in front.
pub fn has_hash(file: &str) -> bool {
    file.split('-')
        .skip(1)
        .map(|part| part.bytes().take_while(u8::is_ascii_hexdigit).count())
        .any(|digits| (8..=16).contains(&digits))
}

/// All files at or below `path`, sorted. A path that does not exist has none.
pub fn list(path: &Path) -> Result<Vec<PathBuf>> {
    let mut files = Vec::new();
    collect(path, &mut files).with_context(|| format!("cannot list {}", path.display()))?;
    files.sort();
    Ok(files)
}

fn collect(path: &Path, files: &mut Vec<PathBuf>) -> io::Result<()> {
    match fs::metadata(path) {
        Ok(meta) if meta.is_dir() => {
            for entry in fs::read_dir(path)? {
                collect(&entry?.path(), files)?;
            }
        }
        Ok(_) => files.push(path.to_owned()),
        Err(error) if error.kind() == io::ErrorKind::NotFound => {}
        Err(error) => return Err(error),
    }
    Ok(())
}

/// An empty folder at `path`, whatever was there before.
pub fn fresh_dir(path: &Path) -> Result<()> {
    remove(path)?;
    fs::create_dir_all(path).with_context(|| format!("cannot create {}", path.display()))
}

/// Removes a folder or a file if it is there.
pub fn remove(path: &Path) -> Result<()> {
    let removed = if path.is_dir() { fs::remove_dir_all(path) } else { fs::remove_file(path) };
    match removed {
        Err(error) if error.kind() != io::ErrorKind::NotFound => {
            Err(error).with_context(|| format!("cannot remove {}", path.display()))
        }
        _ => Ok(()),
    }
}

/// Moves the folder `from` to `to`, whatever was there before.
pub fn replace_dir(from: &Path, to: &Path) -> Result<()> {
    remove(to)?;
    if let Some(parent) = to.parent() {
        fs::create_dir_all(parent)?;
    }
    fs::rename(from, to).with_context(|| format!("cannot move {} to {}", from.display(), to.display()))
}

/// Copies the files of the folder `from` into `to`, over those that are there.
pub fn copy_dir(from: &Path, to: &Path) -> Result<()> {
    for file in list(from)? {
        let copy = to.join(file.strip_prefix(from).unwrap_or(&file));
        if let Some(parent) = copy.parent() {
            fs::create_dir_all(parent)?;
        }
        fs::copy(&file, &copy).with_context(|| format!("cannot copy {} to {}", file.display(), copy.display()))?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pieces_do_not_run_into_each_other() {
        let hash = |pieces: &[(&str, &str)]| {
            let mut fingerprint = Fingerprint::default();
            for (name, bytes) in pieces {
                fingerprint.add(name, bytes.as_bytes());
            }
            fingerprint.finish()
        };
        assert_ne!(hash(&[("a", "bc")]), hash(&[("ab", "c")]));
        assert_ne!(hash(&[("a", "b"), ("c", "d")]), hash(&[("c", "d"), ("a", "b")]));
        assert_eq!(hash(&[("a", "b")]).len(), 8);
    }

    #[test]
    fn a_missing_path_has_no_files() {
        assert!(list(Path::new("/no/such/path/at/all")).unwrap().is_empty());
    }
}
