//! `cargo xtask bench`: builds what is measured, of this commit and maybe of another one, and measures.

use std::process::Command;

use anyhow::{Context, Result, bail};
use clap::Args;

use crate::{
    build::{self, BenchSite},
    check::{BROWSER_TESTS, browser_env, cargo},
    setup, step,
    workspace::Workspace,
};

/// What is measured, and how.
#[derive(Args, Clone, Debug)]
pub struct Bench {
    /// A quick look: few repeats, written below target/ alone.
    #[arg(long)]
    quick: bool,
    /// Measure this commit and another one by turns, and fail where this one is worse. Writes nothing.
    #[arg(long, value_name = "COMMIT")]
    against: Option<String>,
    /// Build what would be measured, and stop there.
    #[arg(long)]
    build: bool,
    /// Names of rows; without any, all of them.
    rows: Vec<String>,
}

/// Measures beside its peers, or beside another commit; fails where a budget is broken, or this commit is worse.
pub fn run(workspace: &Workspace, bench: &Bench) -> Result<()> {
    let browser_env = browser_env(workspace)?;
    let (here, lighthouse) = build::bench(workspace, &setup::for_build(workspace)?)?;
    if bench.build {
        return Ok(());
    }
    let mut command = cargo(workspace);
    command.args(["run", "--package", BROWSER_TESTS, "--bin", "bench", "--"]).envs(browser_env);
    command.args(bench.quick.then_some("--quick")).args(&bench.rows).env("INTERLEAVE_LIGHTHOUSE", lighthouse);
    point_to(&mut command, "INTERLEAVE_BENCH", &here);
    if let Some(commit) = &bench.against {
        let (name, other) = other(workspace, commit)?;
        command.env("INTERLEAVE_BENCH_OTHER", name);
        point_to(&mut command, "INTERLEAVE_BENCH_OTHER", &other);
    }
    step::stream("bench: nothing else should run on this machine meanwhile", &mut command)
}

fn point_to(command: &mut Command, start: &str, built: &BenchSite) {
    let paths = [("SITE", &built.folder), ("NATIVE", &built.native), ("CLI", &built.cli)];
    command.envs(paths.map(|(what, path)| (format!("{start}_{what}"), path)));
}

/// Builds what is measured of another commit, in a work tree of its own below `target/`, by that commit's own build. Its short name
/// and what was built.
fn other(workspace: &Workspace, commit: &str) -> Result<(String, BenchSite)> {
    let mut git = Command::new("git");
    git.args(["rev-parse", "--verify", "--short", &format!("{commit}^{{commit}}")]).current_dir(workspace.root());
    let name = step::output(&mut git).with_context(|| format!("there is no commit {commit}"))?;
    let tree = Workspace::at(workspace.target().join("against").join(&name), workspace);
    let built = BenchSite::of(&tree);
    if !tree.root().is_dir() {
        let mut git = Command::new("git");
        // A work tree whose folder was deleted is still in git's list.
        step::output(git.args(["worktree", "prune"]).current_dir(workspace.root()));
        let mut git = Command::new("git");
        git.args(["worktree", "add", "--detach"]).arg(tree.root()).arg(&name).current_dir(workspace.root());
        step::run(workspace, &format!("bench: a work tree of {name}"), &mut git)?;
    }
    let mut build = cargo(&tree);
    build.args(["xtask", "bench", "--build"]).env_remove("CARGO_TARGET_DIR");
    // A commit from before there was `--build` builds all the same, and fails after that.
    let outcome = step::run(workspace, &format!("build: {name}, which takes minutes the first time"), &mut build);
    match outcome {
        Err(error) if !built.is_there() => Err(error),
        Ok(()) if !built.is_there() => bail!("{name} does not build what this bench measures"),
        _ => Ok((name, built)),
    }
}
