//! What comes from the operating system: programs on `PATH`, and packages for those that are missing, or a sentence that says what to install.

use std::{
    env,
    path::{Path, PathBuf},
    process::Command,
    sync::Once,
};

use anyhow::{Result, bail};

use crate::{
    platform::Platform,
    step::{self, output},
    workspace::Workspace,
};

/// The first of `names` that is a program in a folder of `PATH`.
pub fn on_path(names: &[&str]) -> Option<PathBuf> {
    all_on_path(names).into_iter().next()
}

/// Every program in a folder of `PATH` that has one of `names`, in their order.
pub fn all_on_path(names: &[&str]) -> Vec<PathBuf> {
    let folders: Vec<PathBuf> = env::var_os("PATH").iter().flat_map(env::split_paths).collect();
    let platform = Platform::here();
    let files = names.iter().flat_map(|name| platform.file_names(name));
    files.flat_map(|file| folders.iter().map(move |folder| folder.join(&file))).filter(|file| file.is_file()).collect()
}

/// Where something comes from.
#[derive(Clone, Copy, Debug)]
pub struct Package {
    /// What it is, for people.
    pub what: &'static str,
    /// Debian's packages with it.
    pub debian: &'static [&'static str],
    /// Whether Ubuntu's packages of these names have it, too.
    pub on_ubuntu: bool,
    /// A sentence for all who have no such package.
    pub elsewhere: &'static str,
}

/// What npm packages are installed with.
pub const NPM: Package = Package {
    what: "npm",
    debian: &["nodejs", "npm"],
    on_ubuntu: true,
    elsewhere: "Install Node.js from https://nodejs.org; npm comes with it.",
};

impl Package {
    /// Installs it, or says why it cannot and what to do.
    pub fn install(&self, workspace: &Workspace) -> Result<()> {
        let platform = Platform::here();
        match self.packages(platform) {
            Some(packages) if can_install() => install(workspace, packages),
            _ => bail!("{}", self.advice(platform)),
        }
    }

    /// Whether it can be installed without asking anybody.
    pub fn can_be_installed(&self) -> bool {
        self.packages(Platform::here()).is_some() && can_install()
    }

    /// That it is missing, and how to install it.
    pub fn advice(&self, platform: Platform) -> String {
        format!("{} is missing. {}", self.what, self.way(platform))
    }

    /// How to install it, in a sentence.
    pub fn way(&self, platform: Platform) -> String {
        match self.packages(platform) {
            Some(packages) => format!("Install it with: {}", command_for(packages)),
            None => self.elsewhere.to_owned(),
        }
    }

    fn packages(&self, platform: Platform) -> Option<&'static [&'static str]> {
        let are_there = platform == Platform::Debian || platform == Platform::Ubuntu && self.on_ubuntu;
        are_there.then_some(self.debian)
    }
}

/// Whether packages can be installed without asking anybody.
fn can_install() -> bool {
    let is_root = || output(Command::new("id").arg("-u")).is_some_and(|id| id == "0");
    on_path(&["apt-get"]).is_some() && is_root()
}

/// The command a person would type for these packages.
fn command_for(names: &[&str]) -> String {
    format!("sudo apt-get update && sudo apt-get install -y --no-install-recommends {}", names.join(" "))
}

fn install(workspace: &Workspace, names: &[&str]) -> Result<()> {
    static UPDATE: Once = Once::new();
    let mut updated = Ok(());
    UPDATE.call_once(|| {
        updated = step::run(workspace, "set-up: apt-get update", apt().arg("update"));
    });
    updated?;
    let title = format!("set-up: apt-get install {}", names.join(" "));
    step::run(workspace, &title, apt().args(["install", "-y", "--no-install-recommends"]).args(names))
}

fn apt() -> Command {
    let mut command = Command::new("apt-get");
    command.env("DEBIAN_FRONTEND", "noninteractive");
    command
}

/// Whether `program` can be asked for its version. What a distribution has instead of a browser, to say that one could be installed
/// from elsewhere, cannot.
pub fn runs(program: &Path) -> bool {
    output(Command::new(program).arg("--version"))
        .is_some_and(|version| version.contains(|letter: char| letter.is_ascii_digit()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_name_found_wins() {
        assert_eq!(on_path(&["no-such-program-anywhere", "cargo"]), on_path(&["cargo"]));
        assert_eq!(on_path(&["no-such-program-anywhere"]), None);
    }

    #[test]
    fn each_system_is_told_what_it_has() {
        let package = Package { what: "Thing", debian: &["a", "b"], on_ubuntu: false, elsewhere: "Get it from X." };
        let debian = package.advice(Platform::Debian);
        assert!(debian.starts_with("Thing is missing. Install it with: sudo apt-get") && debian.ends_with(" a b"));
        for platform in [Platform::Ubuntu, Platform::Linux, Platform::MacOs, Platform::Windows] {
            assert_eq!(package.advice(platform), "Thing is missing. Get it from X.");
        }
        let in_both = Package { on_ubuntu: true, ..package };
        assert_eq!(in_both.advice(Platform::Ubuntu), debian);
        assert_eq!(in_both.advice(Platform::MacOs), "Thing is missing. Get it from X.");
    }

    #[cfg(unix)]
    #[test]
    fn a_stub_does_not_run() {
        use std::{fs, os::unix::fs::PermissionsExt};
        let folder = env::temp_dir().join(format!("interleave-stub-{}", std::process::id()));
        fs::create_dir_all(&folder).unwrap();
        for (name, script, is_browser) in [
            ("browser", "#!/bin/sh\necho Chromium 1.2\n", true),
            ("stub", "#!/bin/sh\necho 'requires the chromium snap 1.2' >&2\nexit 1\n", false),
        ] {
            let file = folder.join(name);
            fs::write(&file, script).unwrap();
            fs::set_permissions(&file, fs::Permissions::from_mode(0o755)).unwrap();
            assert_eq!(runs(&file), is_browser, "{name}");
        }
        fs::remove_dir_all(folder).unwrap();
    }
}
