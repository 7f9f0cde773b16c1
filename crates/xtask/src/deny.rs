//! cargo-deny, set by `deny.toml`: licences and sources of all crates that the lock names, and the holes that are known in them.

use std::process::Command;

use anyhow::{Context, Result};

use crate::{step, tools::CARGO_DENY, workspace::Workspace};

/// Fails on what `deny.toml` forbids. The known holes ("advisories") are in a database on the internet: where it cannot be fetched, a
/// sentence says that they were not looked for.
pub fn check(workspace: &Workspace) -> Result<Option<String>> {
    CARGO_DENY.ensure(workspace)?;
    let cargo_deny = || {
        let mut command = Command::new(CARGO_DENY.path(workspace));
        command.current_dir(workspace.root());
        command
    };
    let mut known = cargo_deny();
    known.args(["--locked", "check", "licenses", "bans", "sources"]);
    step::stream("lint: licences and sources of crates", &mut known)?;

    let fetched = cargo_deny().args(["fetch", "db"]).output().context("cannot start cargo-deny")?;
    if !fetched.status.success() {
        return Ok(Some(not_looked_for(&String::from_utf8_lossy(&fetched.stderr))));
    }
    // Everything is there by now. Without this it would fetch the database again, and a network that breaks would look like a hole.
    step::stream("lint: known holes in crates", cargo_deny().args(["--offline", "check", "advisories"]))?;
    Ok(None)
}

fn not_looked_for(stderr: &str) -> String {
    let why = stderr.lines().map(str::trim).rfind(|line| !line.is_empty()).unwrap_or("no reason given");
    format!("known holes in crates were NOT LOOKED FOR, for their database cannot be fetched: {why}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_not_looked_for_is_said_with_the_reason() {
        let stderr = "[ERROR] failed to fetch database: failed to clone: [\"clone\"]\nCloning into 'db'...\nfatal: unable to access 'https://a/': Could not resolve host: a\n\n";
        let said = not_looked_for(stderr);
        assert!(
            said.contains("NOT LOOKED FOR")
                && said.ends_with("fatal: unable to access 'https://a/': Could not resolve host: a")
        );
        assert!(not_looked_for("\n").ends_with(": no reason given"));
    }
}
