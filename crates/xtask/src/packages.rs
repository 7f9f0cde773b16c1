//! What comes from the operating system: programs on `PATH`, and Debian's packages for those that are missing.

use std::{
    env,
    path::{Path, PathBuf},
    process::Command,
    sync::Once,
};

use anyhow::{Result, bail};

use crate::{
    step::{self, output},
    workspace::Workspace,
};

/// The first of `names` that is a file in a folder of `PATH`.
pub fn on_path(names: &[&str]) -> Option<PathBuf> {
    let path = env::var_os("PATH")?;
    let folders: Vec<PathBuf> = env::split_paths(&path).collect();
    names.iter().find_map(|name| {
        let file = format!("{name}{}", env::consts::EXE_SUFFIX);
        folders.iter().map(|folder| folder.join(&file)).find(|candidate| candidate.is_file())
    })
}

/// Whether Debian's packages can be installed without asking anybody.
pub fn can_install() -> bool {
    let root = output(Command::new("id").arg("-u")).is_some_and(|id| id == "0");
    root && on_path(&["apt-get"]).is_some() && Path::new("/etc/debian_version").exists()
}

/// The command a person would type for these packages.
pub fn command_for(names: &[&str]) -> String {
    format!("sudo apt-get update && sudo apt-get install -y --no-install-recommends {}", names.join(" "))
}

/// Installs Debian's packages, or says why it cannot and what to type.
pub fn install(workspace: &Workspace, what: &str, names: &[&str]) -> Result<()> {
    if !can_install() {
        bail!("{what} is missing; on Debian 12 this installs it: {}", command_for(names));
    }
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

/// A program that is used as it is found, with the variable that names another, its usual names and Debian's packages.
struct Program {
    what: &'static str,
    variable: &'static str,
    names: &'static [&'static str],
    package: &'static str,
}

impl Program {
    fn find(&self) -> Option<PathBuf> {
        match env::var_os(self.variable).filter(|value| !value.is_empty()) {
            Some(path) => Some(PathBuf::from(path)),
            None => on_path(self.names),
        }
    }
}

const CHROMIUM: Program = Program {
    what: "Chromium",
    variable: "INTERLEAVE_CHROMIUM",
    names: &["chromium", "chromium-browser", "google-chrome"],
    package: "chromium",
};
const CHROMEDRIVER: Program = Program {
    what: "chromedriver",
    variable: "INTERLEAVE_CHROMEDRIVER",
    names: &["chromedriver"],
    package: "chromium-driver",
};
const FIREFOX: Program = Program {
    what: "Firefox",
    variable: "INTERLEAVE_FIREFOX",
    names: &["firefox-esr", "firefox"],
    package: "firefox-esr",
};

const WEBKIT_DRIVER: Program = Program {
    what: "WebKitGTK's driver",
    variable: "INTERLEAVE_WEBKIT_DRIVER",
    names: &["WebKitWebDriver"],
    package: "webkit2gtk-driver",
};
/// WebKitGTK has no headless mode.
const XVFB: Program = Program { what: "Xvfb", variable: "INTERLEAVE_XVFB", names: &["Xvfb"], package: "xvfb" };

/// The browsers the tests drive.
#[derive(Clone, Debug)]
pub struct Browsers {
    /// Chromium's program.
    pub chromium: PathBuf,
    /// Its WebDriver.
    pub chromedriver: PathBuf,
    /// Firefox's program.
    pub firefox: PathBuf,
    /// WebKitGTK's WebDriver, which brings its browser.
    pub webkit_driver: PathBuf,
    /// What gives WebKitGTK a screen.
    pub xvfb: PathBuf,
}

/// Finds the browsers, installing what is missing where that is possible.
pub fn browsers(workspace: &Workspace) -> Result<Browsers> {
    let all = [CHROMIUM, CHROMEDRIVER, FIREFOX, WEBKIT_DRIVER, XVFB];
    let missing: Vec<&Program> = all.iter().filter(|program| program.find().is_none()).collect();
    if !missing.is_empty() {
        let what: Vec<&str> = missing.iter().map(|program| program.what).collect();
        let packages: Vec<&str> = missing.iter().map(|program| program.package).collect();
        install(workspace, &what.join(" and "), &packages)?;
    }
    let find = |program: Program| match program.find() {
        Some(path) => Ok(path),
        None => bail!("{} is still missing after installing {}", program.what, program.package),
    };
    Ok(Browsers {
        chromium: find(CHROMIUM)?,
        chromedriver: find(CHROMEDRIVER)?,
        firefox: find(FIREFOX)?,
        webkit_driver: find(WEBKIT_DRIVER)?,
        xvfb: find(XVFB)?,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_name_found_wins() {
        assert_eq!(on_path(&["no-such-program-anywhere", "cargo"]), on_path(&["cargo"]));
        assert_eq!(on_path(&["no-such-program-anywhere"]), None);
    }
}
