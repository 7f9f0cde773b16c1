//! The compiler for wasm: one that has the library's source, since shared memory needs a library built for it.
//!
//! The host's crates are built by whichever cargo started us. For wasm, `std` has to be compiled with the engine's
//! target features (`build-std`), so the compiler must come with its library's source and a cargo of the same version.

use std::{
    env,
    ffi::OsString,
    fs,
    path::{Path, PathBuf},
    process::Command,
};

use anyhow::{Context, Result, bail};

use crate::{
    packages::{Package, on_path},
    platform::Platform,
    step::{self, output},
    workspace::Workspace,
};

/// The release of Rust that the build's unstable switches (`-Z`) are known to work with; any other may have changed them.
const KNOWN: (u32, u32) = (1, 96);
/// The oldest that compiles the crates at all.
const OLDEST: &str = env!("CARGO_PKG_RUST_VERSION");

/// Debian's compiler with a wasm target, its source, its cargo and the linker.
const COMPILER: Package = Package {
    what: "a Rust compiler with its library's source",
    debian: &["rustc-web", "rust-web-src", "cargo-web", "lld-22"],
    on_ubuntu: false,
    elsewhere: "Install rustup from https://rustup.rs, then: rustup toolchain install 1.96 --profile minimal --component rust-src",
};
/// Clippy for Debian's compiler.
const CLIPPY: Package = Package {
    what: "clippy for the wasm compiler",
    debian: &["rust-web-clippy"],
    on_ubuntu: false,
    elsewhere: "Install it with: rustup component add clippy",
};
/// The linker for a compiler that does not bring `rust-lld`.
const LINKER: &str = "wasm-ld-22";
/// The target of both modules.
pub const TARGET: &str = "wasm32-unknown-unknown";

/// A compiler that can build `std` for wasm, with the cargo that belongs to it.
#[derive(Clone, Debug)]
pub struct Toolchain {
    sysroot: PathBuf,
    version: String,
    release: (u32, u32),
    linker: Option<&'static str>,
}

impl Toolchain {
    /// A toolchain at hand, of the known release if there is one; else one that is installed now, without touching the default of
    /// rustup; else any that is new enough.
    pub fn find_or_install(workspace: &Workspace) -> Result<Self> {
        if let Some(known) = choice(Self::at_hand()).filter(|found| found.release == KNOWN) {
            return Ok(known);
        }
        let is_done = |step: Result<()>| step.inspect_err(|error| println!("  {error:#}")).is_ok();
        if !(COMPILER.can_be_installed() && is_done(COMPILER.install(workspace)))
            && let Some(rustup) = rustup()
        {
            let (mut command, name) = (Command::new(rustup), known_name());
            command.args(["toolchain", "install", &name, "--profile", "minimal", "--component", "rust-src"]);
            is_done(step::run(workspace, &format!("set-up: rustup toolchain install {name}"), &mut command));
        }
        choice(Self::at_hand()).with_context(|| {
            let way = COMPILER.way(Platform::here());
            format!("the build needs Rust ≥ {OLDEST}, best {}, with its library's source. {way}", known_name())
        })
    }

    /// The usable compilers among the one on `PATH`, the system's own, and rustup's of the known release.
    fn at_hand() -> Vec<Self> {
        let known = || {
            let mut command = Command::new(on_path(&["rustup"])?);
            // Asked for what is not there, it would install that.
            command.args(["which", "--toolchain", &known_name(), "rustc"]).env("RUSTUP_AUTO_INSTALL", "0");
            output(&mut command).map(PathBuf::from)
        };
        let rustcs = [on_path(&["rustc"]), Some(PathBuf::from("/usr/bin/rustc")), known()];
        let sysroot = |rustc| Some(PathBuf::from(output(Command::new(rustc).args(["--print", "sysroot"]))?));
        rustcs.into_iter().flatten().filter_map(sysroot).filter_map(Self::in_sysroot).collect()
    }

    /// What to keep in mind of a compiler of another than the known release.
    pub fn caution(&self) -> Option<String> {
        (self.release != KNOWN).then(|| {
            format!(
                "Rust {}.{} is not the release that the build's unstable switches are known to work with, {}. If it fails, try that one. {}",
                self.release.0,
                self.release.1,
                known_name(),
                COMPILER.way(Platform::here())
            )
        })
    }

    fn in_sysroot(sysroot: PathBuf) -> Option<Self> {
        let source = sysroot.join("lib/rustlib/src/rust/library");
        let programs = [program(&sysroot, "rustc"), program(&sysroot, "cargo")];
        if !source.is_dir() || !programs.iter().all(|program| program.is_file()) {
            return None;
        }
        let version = output(Command::new(&programs[0]).arg("-vV"))?;
        let release = release(&version)?;
        if release < release_numbers(OLDEST)? {
            return None;
        }
        let host = version.lines().find_map(|line| line.strip_prefix("host: "))?;
        let own_linker = program(&sysroot.join("lib/rustlib").join(host), "rust-lld").is_file();
        let linker = match own_linker {
            true => None,
            false => on_path(&[LINKER]).map(|_| LINKER),
        };
        (own_linker || linker.is_some()).then_some(Self { sysroot, version, release, linker })
    }

    /// What `rustc -vV` says: part of every fingerprint.
    pub fn version(&self) -> &str {
        &self.version
    }

    /// One line for people.
    pub fn summary(&self) -> String {
        let first = self.version.lines().next().unwrap_or_default();
        format!("{first} in {}", self.sysroot.display())
    }

    /// The folder that holds the matching cargo.
    pub fn programs(&self) -> PathBuf {
        self.sysroot.join("bin")
    }

    /// The manifest of the library, which knows all that is linked with it.
    pub fn library_manifest(&self) -> PathBuf {
        self.sysroot.join("lib/rustlib/src/rust/library/sysroot/Cargo.toml")
    }

    /// The matching cargo, set to build for wasm with `rustflags` into `target_dir`, from what the lock names.
    pub fn cargo(&self, workspace: &Workspace, target_dir: &Path, rustflags: &[&str]) -> Command {
        let mut command = Command::new(program(&self.sysroot, "cargo"));
        command.arg("--locked");
        self.prepare(&mut command, workspace, target_dir, rustflags);
        command
    }

    /// The clippy of this compiler, to be called like `cargo clippy`. Debian's is installed when missing; `None` if
    /// there is none and none can be installed.
    pub fn clippy(&self, workspace: &Workspace, target_dir: &Path, rustflags: &[&str]) -> Result<Option<Command>> {
        // Not `cargo clippy`: cargo would look in its own home first and find the clippy of another compiler there.
        let clippy = program(&self.sysroot, "cargo-clippy");
        if !clippy.is_file() {
            if self.sysroot != Path::new("/usr") || !CLIPPY.can_be_installed() {
                return Ok(None);
            }
            CLIPPY.install(workspace)?;
        }
        let mut command = Command::new(clippy);
        command.args(["clippy", "--locked"]);
        self.prepare(&mut command, workspace, target_dir, rustflags);
        Ok(Some(command))
    }

    /// Makes `command`, and every cargo below it, use this toolchain and nothing of the one that runs us.
    pub fn prepare(&self, command: &mut Command, workspace: &Workspace, target_dir: &Path, rustflags: &[&str]) {
        for (name, _) in env::vars_os() {
            let text = name.to_string_lossy();
            let leaks = text.starts_with("CARGO_PKG_") || text.starts_with("CARGO_BUILD_") || text.starts_with("RUSTC");
            if leaks || matches!(&*text, "RUSTUP_TOOLCHAIN" | "RUSTDOC" | "RUSTFLAGS" | "LD_LIBRARY_PATH") {
                command.env_remove(&name);
            }
        }
        let mut flags: Vec<String> = rustflags.iter().map(|&flag| flag.to_owned()).collect();
        let remapped = self.source_folders(workspace);
        flags.extend(remapped.iter().map(|(path, name)| format!("--remap-path-prefix={}={name}", path.display())));
        command
            .current_dir(workspace.root())
            .env("CARGO", program(&self.sysroot, "cargo"))
            .env("RUSTC", program(&self.sysroot, "rustc"))
            // `build-std` is unstable; the compiler is of a stable release all the same.
            .env("RUSTC_BOOTSTRAP", "1")
            .env("CARGO_UNSTABLE_BUILD_STD", "std,panic_abort")
            // Fewer bytes; what is measured spends no time in the library.
            .env("CARGO_UNSTABLE_BUILD_STD_FEATURES", "optimize_for_size")
            .env("CARGO_TARGET_DIR", target_dir)
            .env("CARGO_ENCODED_RUSTFLAGS", flags.join("\x1f"));
        if let Some(linker) = self.linker {
            command.env("CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_LINKER", linker);
        }
    }

    /// Where sources are on this machine, and what panic messages say instead: folders are nobody's business on a web page, and the
    /// engine's name is the hash of its bytes.
    fn source_folders(&self, workspace: &Workspace) -> Vec<(PathBuf, &'static str)> {
        let library = self.sysroot.join("lib/rustlib/src/rust");
        let mut folders = vec![(workspace.root().to_owned(), "interleave")];
        if let Ok(real) = library.canonicalize() {
            folders.push((real, "rust"));
        }
        folders.push((library, "rust"));
        let home = env::var_os("CARGO_HOME").map(PathBuf::from);
        if let Some(home) = home.or_else(|| Some(env::home_dir()?.join(".cargo"))) {
            folders.push((home.join("registry/src"), "crates"));
        }
        folders
    }

    /// # Errors
    /// If a built module names a folder of this machine.
    pub fn names_no_folder(&self, workspace: &Workspace, module: &Path) -> Result<()> {
        let sources = self.source_folders(workspace).into_iter().map(|(folder, _)| folder);
        let folders: Vec<PathBuf> = sources.chain(env::home_dir()).collect();
        let bytes = fs::read(module).with_context(|| format!("cannot read {}", module.display()))?;
        match first_named(&bytes, &folders) {
            Some(folder) => bail!("{} names {}, a folder of this machine", module.display(), folder.display()),
            None => Ok(()),
        }
    }
}

/// The first of `folders` that `module` has a path in.
fn first_named<'a>(module: &[u8], folders: &'a [PathBuf]) -> Option<&'a PathBuf> {
    folders.iter().find(|folder| {
        let start = folder.join("");
        let start = start.as_os_str().as_encoded_bytes();
        // The root of all folders begins every path.
        start.len() > 1 && module.windows(start.len()).any(|bytes| bytes == start)
    })
}

/// `PATH` with `first` before everything else.
pub fn path_with(first: &[PathBuf]) -> Result<OsString> {
    let rest = env::var_os("PATH").unwrap_or_default();
    Ok(env::join_paths(first.iter().cloned().chain(env::split_paths(&rest)))?)
}

fn program(folder: &Path, name: &str) -> PathBuf {
    folder.join("bin").join(format!("{name}{}", env::consts::EXE_SUFFIX))
}

/// rustup, unless the machine's owner has switched its installing off.
fn rustup() -> Option<PathBuf> {
    let is_off = env::var("RUSTUP_AUTO_INSTALL").is_ok_and(|value| value == "0");
    on_path(&["rustup"]).filter(|_| !is_off)
}

/// What rustup calls the known release.
fn known_name() -> String {
    format!("{}.{}", KNOWN.0, KNOWN.1)
}

/// Of compilers that would all do, the first of the known release, else the first.
fn choice(mut toolchains: Vec<Toolchain>) -> Option<Toolchain> {
    let known = toolchains.iter().position(|toolchain| toolchain.release == KNOWN).unwrap_or(0);
    (!toolchains.is_empty()).then(|| toolchains.swap_remove(known))
}

fn release(version: &str) -> Option<(u32, u32)> {
    release_numbers(version.lines().find_map(|line| line.strip_prefix("release: "))?)
}

fn release_numbers(release: &str) -> Option<(u32, u32)> {
    let mut numbers = release.split('.');
    Some((numbers.next()?.parse().ok()?, numbers.next()?.parse().ok()?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn releases_compare_as_numbers() {
        let version =
            "rustc 1.96.0 (abc) (built from a source tarball)\nhost: x86_64-unknown-linux-gnu\nrelease: 1.96.0";
        assert_eq!(release(version), Some((1, 96)));
        assert!(release_numbers("1.100.1") > release_numbers("1.95"));
    }

    fn toolchain(release: (u32, u32), sysroot: &str) -> Toolchain {
        Toolchain { sysroot: PathBuf::from(sysroot), version: String::new(), release, linker: None }
    }

    #[test]
    fn the_known_release_comes_first() {
        let chosen = |releases: &[(u32, u32)]| {
            let all = releases.iter().zip(["a", "b", "c"]).map(|(&release, sysroot)| toolchain(release, sysroot));
            choice(all.collect()).map(|chosen| chosen.sysroot.display().to_string())
        };
        let newer = (KNOWN.0, KNOWN.1 + 1);
        assert_eq!(chosen(&[newer, KNOWN, KNOWN]).as_deref(), Some("b"));
        assert_eq!(chosen(&[newer, (1, 95)]).as_deref(), Some("a"));
        assert_eq!(chosen(&[]), None);
    }

    #[test]
    fn another_release_is_used_with_a_caution() {
        assert_eq!(toolchain(KNOWN, "a").caution(), None);
        let caution = toolchain((1, 123), "a").caution().unwrap();
        assert!(caution.starts_with("Rust 1.123 is not the release"), "{caution}");
        assert!(COMPILER.advice(Platform::MacOs).contains(&format!("install {} ", known_name())));
    }

    #[test]
    fn a_module_that_names_a_folder_is_found() {
        let folders = ["/home/ada/work", "/"].map(PathBuf::from);
        assert_eq!(first_named(b"\0asm/home/ada/work/src/lib.rs\x01", &folders), Some(&folders[0]));
        assert_eq!(first_named(b"\0asm crates/engine/src/lib.rs /home/ada/works", &folders), None);
    }

    #[test]
    fn a_folder_without_a_compiler_is_no_toolchain() {
        assert!(Toolchain::in_sysroot(PathBuf::from("/no/such/sysroot")).is_none());
    }
}
