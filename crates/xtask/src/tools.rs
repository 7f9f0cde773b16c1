//! Build tools at exact versions in the per-user cache: from crates by `cargo install`, from npm by `npm ci`.

use std::{
    env, fs,
    path::{Path, PathBuf},
    process::Command,
};

use anyhow::{Context, Result, bail};

use crate::{
    files::{self, Fingerprint},
    packages::{self, on_path},
    step::{self, output},
    workspace::Workspace,
};

/// A program that `cargo install` builds.
#[derive(Clone, Copy, Debug)]
pub struct CargoTool {
    package: &'static str,
    program: &'static str,
    version: &'static str,
    /// Whether the package's own lock resolves.
    locked: bool,
    /// How long it takes to build on two cores.
    minutes: u32,
}

/// Makes the JavaScript side of a wasm module. Its version must be that of the `wasm-bindgen` crate.
pub const WASM_BINDGEN: CargoTool =
    CargoTool { package: "wasm-bindgen-cli", program: "wasm-bindgen", version: "0.2.130", locked: false, minutes: 2 };
/// Builds the page.
pub const TRUNK: CargoTool =
    CargoTool { package: "trunk", program: "trunk", version: "0.22.0-beta.1", locked: true, minutes: 8 };
/// Drives Firefox in the tests.
pub const GECKODRIVER: CargoTool =
    CargoTool { package: "geckodriver", program: "geckodriver", version: "0.37.1", locked: true, minutes: 3 };

impl CargoTool {
    /// Where the program is once installed.
    pub fn path(&self, workspace: &Workspace) -> PathBuf {
        workspace.tool_root().join("bin").join(format!("{}{}", self.program, env::consts::EXE_SUFFIX))
    }

    /// Name and version, for people and fingerprints.
    pub fn summary(&self) -> String {
        format!("{} {}", self.program, self.version)
    }

    /// Installs the tool unless this very version is there.
    pub fn ensure(&self, workspace: &Workspace) -> Result<()> {
        if self.is_installed(workspace) {
            return Ok(());
        }
        let _lock = workspace.lock_cache()?;
        if self.is_installed(workspace) {
            return Ok(());
        }
        let build = workspace.cache().join("build").join(self.package);
        fs::create_dir_all(&build)?;
        let mut command = host_cargo();
        command
            .args(["install", "--force", self.package, "--version", self.version, "--root"])
            .arg(workspace.tool_root())
            .arg("--target-dir")
            .arg(&build)
            // Not in the workspace, whose cargo settings are none of the tool's business.
            .current_dir(workspace.cache());
        if self.locked {
            command.arg("--locked");
        }
        let title =
            format!("set-up: cargo install {} (usually {} minutes, once per user)", self.summary(), self.minutes);
        step::run(workspace, &title, &mut command)?;
        if !self.is_installed(workspace) {
            bail!("{} is still not at version {} after installing it", self.program, self.version);
        }
        files::remove(&build)
    }

    fn is_installed(&self, workspace: &Workspace) -> bool {
        output(Command::new(self.path(workspace)).arg("--version"))
            .is_some_and(|text| names_version(&text, self.version))
    }
}

fn names_version(text: &str, version: &str) -> bool {
    text.lines().next().is_some_and(|line| line.split_whitespace().nth(1) == Some(version))
}

/// The cargo that started us.
pub fn host_cargo() -> Command {
    Command::new(env::var_os("CARGO").unwrap_or_else(|| "cargo".into()))
}

/// The npm packages of the build and the tests.
#[derive(Clone, Debug)]
pub struct NpmTools {
    modules: PathBuf,
}

impl NpmTools {
    /// Installs them.
    pub fn ensure(workspace: &Workspace) -> Result<Self> {
        let manifest = workspace.root().join("crates/xtask");
        let modules = npm_packages(workspace, &manifest, &[".bin/wasm-opt", ".bin/esbuild", "axe-core/axe.min.js"])?;
        Ok(Self { modules })
    }

    /// The folder with `wasm-opt`, where trunk looks for it.
    pub fn programs(&self) -> PathBuf {
        self.modules.join(".bin")
    }

    /// What makes one small script of several.
    pub fn esbuild(&self) -> Command {
        Command::new(self.programs().join("esbuild"))
    }

    /// The accessibility checker the browser tests inject.
    pub fn axe(&self) -> PathBuf {
        self.modules.join("axe-core/axe.min.js")
    }

    /// The folder's name holds the lock's hash.
    pub fn summary(&self) -> String {
        let folder = self.modules.parent().and_then(Path::file_name).unwrap_or_default();
        folder.to_string_lossy().into_owned()
    }
}

/// Installs the packages of the lock beside the `package.json` in `manifest`, in a cache folder named after it; the folder they
/// are in. `expected` are files that must be there then.
pub fn npm_packages(workspace: &Workspace, manifest: &Path, expected: &[&str]) -> Result<PathBuf> {
    let locks = ["package.json", "package-lock.json"];
    let mut fingerprint = Fingerprint::default();
    for name in locks {
        fingerprint.add_path(manifest, &manifest.join(name))?;
    }
    let name = format!("npm-{}", fingerprint.finish());
    let modules = workspace.cache().join(&name).join("node_modules");
    let are_there = || expected.iter().all(|file| modules.join(file).exists());
    if are_there() {
        return Ok(modules);
    }
    let _lock = workspace.lock_cache()?;
    if are_there() {
        return Ok(modules);
    }
    if on_path(&["npm"]).is_none() {
        packages::install(workspace, "npm", &["nodejs", "npm"])?;
    }
    // Installed aside and moved into place, so that a broken installation is never taken for a whole one.
    let aside = workspace.cache().join(format!("{name}.part"));
    files::fresh_dir(&aside)?;
    for name in locks {
        fs::copy(manifest.join(name), aside.join(name)).with_context(|| format!("cannot copy {name}"))?;
    }
    let mut command = Command::new("npm");
    command.args(["ci", "--ignore-scripts", "--no-audit", "--no-fund"]).current_dir(&aside);
    let what = manifest.file_name().unwrap_or_default().display();
    step::run(workspace, &format!("set-up: npm ci for {what}"), &mut command)?;
    files::replace_dir(&aside, &workspace.cache().join(&name))?;
    if !are_there() {
        bail!("npm ci did not install {} in {}", expected.join(" and "), modules.display());
    }
    Ok(modules)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_version_is_matched_whole() {
        assert!(names_version("wasm-bindgen 0.2.130\n", "0.2.130"));
        assert!(names_version("geckodriver 0.37.1 ( 2026-01-01)\n\nThe source code …", "0.37.1"));
        assert!(!names_version("trunk 0.22.0-beta.10", "0.22.0-beta.1"));
        assert!(!names_version("", "1"));
    }
}
