//! The browsers that the tests drive: where each system has them, and what to do about those that are not there.

use std::{
    env,
    path::{Path, PathBuf},
};

use crate::{
    packages::{Package, all_on_path, runs},
    platform::Platform,
    workspace::Workspace,
};

/// A browser with what drives it.
struct Browser {
    package: Package,
    programs: &'static [Program],
}

/// A program of a browser.
struct Program {
    /// The variable that names another than the one that would be found, and under which the tests look for it.
    variable: &'static str,
    /// What it is called on `PATH`, the usual name first.
    names: &'static [&'static str],
    /// Where installers put it elsewhere than on `PATH`. A path can begin with a `%VARIABLE%` that has a folder.
    places: &'static [&'static str],
    /// Whether it is a browser: Ubuntu has programs in the places of some that only say where to get them.
    is_browser: bool,
}

const BROWSERS: [Browser; 3] = [
    Browser {
        package: Package {
            what: "Chromium",
            debian: &["chromium", "chromium-driver"],
            on_ubuntu: false,
            elsewhere: "Install Google Chrome and put the chromedriver of its version on PATH \
                (https://googlechromelabs.github.io/chrome-for-testing), or name both programs in INTERLEAVE_CHROMIUM and \
                INTERLEAVE_CHROMEDRIVER.",
        },
        programs: &[
            Program {
                variable: "INTERLEAVE_CHROMIUM",
                names: &["chromium", "google-chrome", "google-chrome-stable", "chromium-browser"],
                places: &[
                    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
                    "/Applications/Chromium.app/Contents/MacOS/Chromium",
                    "%ProgramFiles%/Google/Chrome/Application/chrome.exe",
                    "%ProgramFiles(x86)%/Google/Chrome/Application/chrome.exe",
                    "%LOCALAPPDATA%/Google/Chrome/Application/chrome.exe",
                ],
                is_browser: true,
            },
            // The second is what the snap calls its own.
            Program {
                variable: "INTERLEAVE_CHROMEDRIVER",
                names: &["chromedriver", "chromium.chromedriver"],
                places: &[],
                is_browser: false,
            },
        ],
    },
    Browser {
        package: Package {
            what: "Firefox",
            debian: &["firefox-esr"],
            on_ubuntu: false,
            elsewhere: "Install it from https://www.mozilla.org/firefox, or name its program in INTERLEAVE_FIREFOX.",
        },
        programs: &[Program {
            variable: "INTERLEAVE_FIREFOX",
            names: &["firefox-esr", "firefox"],
            places: &[
                "/Applications/Firefox.app/Contents/MacOS/firefox",
                "%ProgramFiles%/Mozilla Firefox/firefox.exe",
                "%ProgramFiles(x86)%/Mozilla Firefox/firefox.exe",
            ],
            is_browser: true,
        }],
    },
    Browser {
        package: Package {
            what: "WebKitGTK",
            debian: &["webkit2gtk-driver", "xvfb"],
            on_ubuntu: true,
            elsewhere: "It runs on Linux alone: there, install its driver WebKitWebDriver, and Xvfb.",
        },
        programs: &[
            Program {
                variable: "INTERLEAVE_WEBKIT_DRIVER",
                names: &["WebKitWebDriver"],
                places: &[],
                is_browser: false,
            },
            // It has no headless mode.
            Program { variable: "INTERLEAVE_XVFB", names: &["Xvfb"], places: &[], is_browser: false },
        ],
    },
];

/// The browsers of this machine.
#[derive(Clone, Debug, Default)]
pub struct Browsers {
    /// Their names.
    pub found: Vec<&'static str>,
    /// Their programs and drivers, by the variables under which the tests look for them. A browser that is not there has none.
    pub variables: Vec<(&'static str, PathBuf)>,
    /// For each that is not there a sentence or two: which it is, and what to do.
    pub missing: Vec<String>,
}

impl Browsers {
    /// Finds them, after installing what is missing where that can be done without asking anybody.
    pub fn find_or_install(workspace: &Workspace) -> Browsers {
        let mut browsers = Browsers::default();
        for Browser { package, programs } in &BROWSERS {
            let what = package.what;
            if find(programs).is_none()
                && package.can_be_installed()
                && let Err(error) = package.install(workspace)
            {
                println!("  {error:#}");
            }
            match find(programs) {
                Some(programs) => {
                    browsers.found.push(what);
                    browsers.variables.extend(programs);
                }
                None => browsers.missing.push(package.advice(Platform::here())),
            }
        }
        browsers
    }
}

/// All programs of a browser with their variables, or nothing if one is missing.
fn find(programs: &[Program]) -> Option<Vec<(&'static str, PathBuf)>> {
    programs.iter().map(|program| Some((program.variable, program.find()?))).collect()
}

impl Program {
    fn find(&self) -> Option<PathBuf> {
        let variable = |name: &str| env::var_os(name).filter(|value| !value.is_empty()).map(PathBuf::from);
        if let Some(named) = variable(self.variable) {
            return Some(named);
        }
        let placed = self.places.iter().filter_map(|path| place(path, variable));
        all_on_path(self.names).into_iter().chain(placed).find(|program| self.is_usable(program))
    }

    /// On Windows, a browser that is asked for its version opens a window.
    fn is_usable(&self, program: &Path) -> bool {
        program.is_file() && (!self.is_browser || cfg!(windows) || runs(program))
    }
}

/// The path `path`, whose beginning may be a `%VARIABLE%`; nothing if that has no value.
fn place(path: &str, variable: impl Fn(&str) -> Option<PathBuf>) -> Option<PathBuf> {
    match path.strip_prefix('%').and_then(|rest| rest.split_once("%/")) {
        Some((name, rest)) => Some(variable(name)?.join(rest)),
        None => Some(PathBuf::from(path)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_place_can_begin_with_a_folder_of_the_system() {
        let variable = |name: &str| (name == "ProgramFiles").then(|| PathBuf::from("C:/Programs"));
        assert_eq!(place("%ProgramFiles%/A B/a.exe", variable), Some(PathBuf::from("C:/Programs/A B/a.exe")));
        assert_eq!(place("%Nothing%/a.exe", variable), None);
        assert_eq!(place("/Applications/A.app/a", variable), Some(PathBuf::from("/Applications/A.app/a")));
    }

    #[test]
    fn every_browser_is_found_or_says_what_to_install() {
        for platform in [Platform::Debian, Platform::Ubuntu, Platform::Linux, Platform::MacOs, Platform::Windows] {
            for Browser { package, .. } in &BROWSERS {
                let advice = package.advice(platform);
                assert!(advice.starts_with(package.what) && advice.to_lowercase().contains("install"), "{advice}");
                let by_apt = platform == Platform::Debian || platform == Platform::Ubuntu && package.on_ubuntu;
                assert_eq!(advice.contains("apt-get"), by_apt, "{platform:?}: {advice}");
            }
        }
    }

    #[test]
    fn a_browser_without_its_driver_is_not_there() {
        let there = Program { variable: "INTERLEAVE_NOTHING", names: &["cargo"], places: &[], is_browser: true };
        let missing = Program { names: &["no-such-driver"], ..there };
        assert!(find(&[missing]).is_none());
        let both = [Program { ..there }, Program { names: &["no-such-driver"], ..there }];
        assert!(find(&both).is_none());
        assert_eq!(find(&both[..1]).unwrap()[0].0, "INTERLEAVE_NOTHING");
    }
}
