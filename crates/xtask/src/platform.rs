//! Which operating system this is, as far as set-up differs between them: where programs are, and how one installs them.

use std::{env, fs};

/// An operating system.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Platform {
    /// Debian, whose packages are all that the build and the tests need.
    Debian,
    /// Ubuntu and what is made of it: Debian's package manager, but no compiler for wasm, and browsers only as snaps.
    Ubuntu,
    /// Another Linux, or another Unix.
    Linux,
    /// macOS.
    MacOs,
    /// Windows.
    Windows,
}

impl Platform {
    /// The one this program runs on.
    pub fn here() -> Platform {
        Platform::of(env::consts::OS, &fs::read_to_string("/etc/os-release").unwrap_or_default())
    }

    /// The one that Rust calls `os`, with the content of `/etc/os-release`.
    pub fn of(os: &str, os_release: &str) -> Platform {
        let field = |name: &str| {
            let value = os_release.lines().find_map(|line| line.strip_prefix(name)?.strip_prefix('='));
            value.unwrap_or_default().trim_matches('"')
        };
        let is = |name: &str| field("ID") == name || field("ID_LIKE").split(' ').any(|like| like == name);
        match os {
            "macos" => Platform::MacOs,
            "windows" => Platform::Windows,
            _ if is("ubuntu") => Platform::Ubuntu,
            _ if is("debian") => Platform::Debian,
            _ => Platform::Linux,
        }
    }

    /// Whether its packages come by `apt-get`.
    pub fn has_apt(self) -> bool {
        matches!(self, Platform::Debian | Platform::Ubuntu)
    }

    /// What the file of a program `name` may be called.
    pub fn file_names(self, name: &str) -> Vec<String> {
        match self {
            // What npm installs is a script for the command line.
            Platform::Windows => vec![format!("{name}.exe"), format!("{name}.cmd")],
            _ => vec![name.to_owned()],
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn distributions_are_told_apart_by_their_release_file() {
        let linux = |release| Platform::of("linux", release);
        assert_eq!(linux("NAME=\"Debian GNU/Linux\"\nID=debian\n"), Platform::Debian);
        assert_eq!(linux("ID=raspbian\nID_LIKE=debian\n"), Platform::Debian);
        assert_eq!(linux("NAME=\"Ubuntu\"\nID=ubuntu\nID_LIKE=debian\n"), Platform::Ubuntu);
        assert_eq!(linux("ID=linuxmint\nID_LIKE=\"ubuntu debian\"\n"), Platform::Ubuntu);
        assert_eq!(linux("ID=\"fedora\"\n"), Platform::Linux);
        assert_eq!(linux(""), Platform::Linux);
        assert_eq!(Platform::of("macos", ""), Platform::MacOs);
        assert_eq!(Platform::of("windows", ""), Platform::Windows);
    }

    #[test]
    fn programs_have_the_names_of_their_system() {
        assert_eq!(Platform::Windows.file_names("npm"), ["npm.exe", "npm.cmd"]);
        assert_eq!(Platform::MacOs.file_names("npm"), ["npm"]);
    }
}
