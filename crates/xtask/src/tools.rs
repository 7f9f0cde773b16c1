//! Build tools at exact versions in the per-user cache: from crates by `cargo install`, from npm by `npm ci`.

use std::{
    env, fs,
    path::{Path, PathBuf},
    process::Command,
};

use anyhow::{Context, Result, bail};

use crate::{
    files::{self, Fingerprint},
    packages::{NPM, all_on_path, on_path},
    step::{self, output},
    workspace::Workspace,
};

/// A program at an exact version, from crates.io.
#[derive(Clone, Copy, Debug)]
pub struct CargoTool {
    package: &'static str,
    program: &'static str,
    version: &'static str,
    /// How cargo builds it, beside what all have.
    arguments: &'static [&'static str],
    /// How long it takes to build on two cores.
    minutes: u32,
}

/// Makes the JavaScript side of a wasm module. Its version must be that of the `wasm-bindgen` crate.
pub const WASM_BINDGEN: CargoTool = CargoTool {
    package: "wasm-bindgen-cli",
    program: "wasm-bindgen",
    version: "0.2.130",
    // Its own lock names a version that a registry may not have.
    arguments: &[],
    minutes: 1,
};
/// Builds the page. Without its own downloads and the server's TLS, which nobody asks of it here.
pub const TRUNK: CargoTool = CargoTool {
    package: "trunk",
    program: "trunk",
    version: "0.22.0-beta.1",
    arguments: &["--locked", "--no-default-features"],
    minutes: 3,
};
/// Drives Firefox in the tests.
pub const GECKODRIVER: CargoTool = CargoTool {
    package: "geckodriver",
    program: "geckodriver",
    version: "0.37.1",
    arguments: &["--locked"],
    minutes: 2,
};
/// Looks for known holes in what the lock names, and for licences that do not fit.
pub const CARGO_DENY: CargoTool =
    CargoTool { package: "cargo-deny", program: "cargo-deny", version: "0.20.2", arguments: &["--locked"], minutes: 1 };

/// A tool is built once and then works for seconds: to optimise it takes longer than it ever saves.
const UNOPTIMISED: [(&str, &str); 4] = [
    ("CARGO_PROFILE_RELEASE_OPT_LEVEL", "0"),
    ("CARGO_PROFILE_RELEASE_LTO", "off"),
    ("CARGO_PROFILE_RELEASE_CODEGEN_UNITS", "16"),
    ("CARGO_PROFILE_RELEASE_DEBUG", "0"),
];

impl CargoTool {
    /// Where the program is once it is set up.
    pub fn path(&self, workspace: &Workspace) -> PathBuf {
        workspace.tool_root().join("bin").join(format!("{}{}", self.program, env::consts::EXE_SUFFIX))
    }

    /// Name and version, for people and fingerprints.
    pub fn summary(&self) -> String {
        format!("{} {}", self.program, self.version)
    }

    /// Puts this very version into the cache unless it is there: what is on `PATH`, else what `cargo binstall` downloads where
    /// somebody has installed that, else what cargo builds.
    pub fn ensure(&self, workspace: &Workspace) -> Result<()> {
        if self.is_installed(workspace) {
            return Ok(());
        }
        let _lock = workspace.lock_cache()?;
        if self.is_installed(workspace) || self.copied(workspace)? || self.downloaded(workspace) {
            return Ok(());
        }
        self.build(workspace)?;
        if !self.is_installed(workspace) {
            bail!("{} is still not at version {} after installing it", self.program, self.version);
        }
        Ok(())
    }

    /// Copies it from `PATH`: so the build always finds it in one place, whatever becomes of the other.
    fn copied(&self, workspace: &Workspace) -> Result<bool> {
        let copied = self.copied_from(&all_on_path(&[self.program]), &self.path(workspace))?;
        if copied {
            println!("set-up: {} was on PATH", self.summary());
        }
        Ok(copied)
    }

    fn copied_from(&self, programs: &[PathBuf], to: &Path) -> Result<bool> {
        for program in programs.iter().filter(|program| self.is(program)) {
            fs::create_dir_all(to.parent().unwrap_or(Path::new(".")))?;
            fs::copy(program, to).with_context(|| format!("cannot copy {}", program.display()))?;
            // What only starts another program may not find it from there.
            if self.is(to) {
                return Ok(true);
            }
            files::remove(to)?;
        }
        Ok(false)
    }

    fn downloaded(&self, workspace: &Workspace) -> bool {
        let Some(binstall) = on_path(&["cargo-binstall"]) else { return false };
        let mut command = Command::new(binstall);
        command
            .args(["--no-confirm", "--force", "--disable-strategies", "compile", "--root"])
            .arg(workspace.tool_root())
            .arg(format!("{}@{}", self.package, self.version));
        let done = step::run(workspace, &format!("set-up: cargo binstall {}", self.summary()), &mut command);
        if let Err(error) = &done {
            println!("  {error:#}");
        }
        done.is_ok() && self.is_installed(workspace)
    }

    fn build(&self, workspace: &Workspace) -> Result<()> {
        let build = workspace.cache().join("build").join(self.package);
        fs::create_dir_all(&build)?;
        let mut command = host_cargo();
        command
            .args(["install", "--force", self.package, "--version", self.version, "--root"])
            .arg(workspace.tool_root())
            .arg("--target-dir")
            .arg(&build)
            .args(self.arguments)
            .envs(UNOPTIMISED)
            // Not in the workspace, whose cargo settings are none of the tool's business.
            .current_dir(workspace.cache());
        let title = format!(
            "set-up: cargo install {} (about {} min on two cores, once per user)",
            self.summary(),
            self.minutes
        );
        step::run(workspace, &title, &mut command)?;
        files::remove(&build)
    }

    fn is_installed(&self, workspace: &Workspace) -> bool {
        self.is(&self.path(workspace))
    }

    /// Whether `program` is this tool at this version.
    fn is(&self, program: &Path) -> bool {
        output(Command::new(program).arg("--version")).is_some_and(|text| names_version(&text, self.version))
    }
}

fn names_version(text: &str, version: &str) -> bool {
    text.lines().next().is_some_and(|line| line.split_whitespace().nth(1) == Some(version))
}

/// The cargo that started us.
pub fn host_cargo() -> Command {
    Command::new(env::var_os("CARGO").unwrap_or_else(|| "cargo".into()))
}

const WASM_OPT: &str = "binaryen/bin/wasm-opt";
const ESBUILD: &str = "esbuild/bin/esbuild";
const AXE: &str = "axe-core/axe.min.js";

/// The accessibility checker that the browser tests inject.
pub fn axe(workspace: &Workspace) -> Result<PathBuf> {
    Ok(npm_packages(workspace, &workspace.root().join("tests"), &[AXE])?.join(AXE))
}

/// The npm packages of the build.
#[derive(Clone, Debug)]
pub struct NpmTools {
    modules: PathBuf,
}

impl NpmTools {
    /// Installs them.
    pub fn ensure(workspace: &Workspace) -> Result<Self> {
        let manifest = workspace.root().join("crates/xtask");
        Ok(Self { modules: npm_packages(workspace, &manifest, &[WASM_OPT, ESBUILD])? })
    }

    /// The folder with `wasm-opt`, where trunk looks for it.
    pub fn programs(&self) -> PathBuf {
        self.modules.join(".bin")
    }

    /// What makes a wasm module smaller.
    pub fn wasm_opt(&self) -> Command {
        self.script(WASM_OPT)
    }

    /// What makes one small script of several.
    pub fn esbuild(&self) -> Command {
        self.script(ESBUILD)
    }

    /// Not the program in `.bin`, which on Windows is a script for the command line.
    fn script(&self, name: &str) -> Command {
        let mut command = Command::new("node");
        command.arg(self.modules.join(name));
        command
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
        NPM.install(workspace)?;
    }
    // Installed aside and moved into place, so that a broken installation is never taken for a whole one.
    let aside = workspace.cache().join(format!("{name}.part"));
    files::fresh_dir(&aside)?;
    for name in locks {
        fs::copy(manifest.join(name), aside.join(name)).with_context(|| format!("cannot copy {name}"))?;
    }
    let mut command = Command::new(on_path(&["npm"]).context("npm is still missing after installing it")?);
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

    #[cfg(unix)]
    #[test]
    fn a_tool_of_the_right_version_is_taken_from_where_it_works() {
        use std::os::unix::fs::PermissionsExt;
        let folder = env::temp_dir().join(format!("interleave-tools-{}", std::process::id()));
        files::fresh_dir(&folder).unwrap();
        let script = |name: &str, lines: &str| {
            let file = folder.join(name);
            fs::write(&file, format!("#!/bin/sh\n{lines}\n")).unwrap();
            fs::set_permissions(&file, fs::Permissions::from_mode(0o755)).unwrap();
            file
        };
        let version = format!("echo {} {}", TRUNK.program, TRUNK.version);
        let older = script("older", "echo trunk 0.1.0");
        let tied = script("tied", &format!("[ -f \"$(dirname \"$0\")/older\" ] && {version}"));
        let right = script("right", &version);
        let to = folder.join("bin/trunk");
        assert!(!TRUNK.copied_from(&[older.clone(), tied.clone()], &to).unwrap() && !to.exists());
        assert!(TRUNK.copied_from(&[older, tied, right], &to).unwrap() && TRUNK.is(&to));
        files::remove(&folder).unwrap();
    }
}
