//! Where things are: the workspace, its build output and the per-user cache of tools.

use std::{
    env,
    fs::{self, File},
    path::{Path, PathBuf},
};

use anyhow::{Context, Result, bail};

/// The workspace and the folders the build writes to.
#[derive(Clone, Debug)]
pub struct Workspace {
    root: PathBuf,
    cache: PathBuf,
}

impl Workspace {
    /// The workspace this program belongs to.
    pub fn find() -> Result<Self> {
        // Cargo sets the variable when it runs us; the compile-time value serves when the binary is started by hand.
        let manifest = env::var("CARGO_MANIFEST_DIR").unwrap_or_else(|_| env!("CARGO_MANIFEST_DIR").to_owned());
        // Not `canonicalize`, whose paths on Windows begin with `\\\\?\\`, which neither Node.js nor command scripts understand.
        let root =
            Path::new(&manifest).ancestors().nth(2).context("there is no workspace around this package")?.to_owned();
        if !root.join("Cargo.toml").is_file() {
            bail!("there is no workspace in {}", root.display());
        }
        let cache = match env::var_os("XDG_CACHE_HOME").filter(|dir| !dir.is_empty()) {
            Some(dir) => PathBuf::from(dir),
            None => env::home_dir().context("there is no home folder for the tool cache")?.join(".cache"),
        };
        Ok(Self { root, cache: cache.join("interleave") })
    }

    /// Another checkout of the same project, with the same tools.
    pub fn at(root: PathBuf, other: &Self) -> Self {
        Self { root, cache: other.cache.clone() }
    }

    /// The folder that holds the workspace's `Cargo.toml`.
    pub fn root(&self) -> &Path {
        &self.root
    }

    /// The finished site.
    pub fn dist(&self) -> PathBuf {
        self.root.join("dist")
    }

    /// Build output; everything in it can be deleted.
    pub fn target(&self) -> PathBuf {
        self.root.join("target")
    }

    /// What xtask itself keeps in the build output: logs and fingerprints.
    pub fn state(&self) -> PathBuf {
        self.target().join("xtask")
    }

    /// The per-user cache of tools, which survives a fresh clone.
    pub fn cache(&self) -> &Path {
        &self.cache
    }

    /// Where `cargo install` puts programs.
    pub fn tool_root(&self) -> PathBuf {
        self.cache.join("tools")
    }

    /// Waits until no other xtask is building in this workspace. The lock ends with the returned file.
    pub fn lock(&self) -> Result<File> {
        lock(&self.state().join("lock"), "this workspace")
    }

    /// Waits until no other xtask is installing tools. The lock ends with the returned file.
    pub fn lock_cache(&self) -> Result<File> {
        lock(&self.cache.join("lock"), "the tool cache")
    }
}

fn lock(path: &Path, what: &str) -> Result<File> {
    if let Some(parent) = path.parent() {
        fs::create_dir_all(parent)?;
    }
    let file = File::create(path).with_context(|| format!("cannot create {}", path.display()))?;
    if file.try_lock().is_err() {
        println!("waiting for another cargo xtask to be done with {what}");
        file.lock()?;
    }
    Ok(file)
}
