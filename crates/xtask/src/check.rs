//! The checks: tests on the host and in real browsers, and the linters for host and wasm.

use std::{
    env,
    path::{Path, PathBuf},
    process::Command,
};

use anyhow::{Result, ensure};

use crate::{
    build::{self, APP_RUSTFLAGS, APP_TARGET_DIR, ENGINE_RUSTFLAGS, ENGINE_TARGET_DIR},
    deny, files, setup, step,
    toolchain::{TARGET, Toolchain},
    tools::host_cargo,
    workspace::Workspace,
};

/// The package of the browser tests, which also holds the programs that need a browser.
pub(crate) const BROWSER_TESTS: &str = "e2e";

/// Tests every crate on the host, then the built site in real browsers. Says at the end what could not be tested here.
pub fn test(workspace: &Workspace) -> Result<()> {
    let list = workspace.state().join("not-run.txt");
    files::remove(&list)?;
    let outcome = test_all(workspace, &list);
    let not_run = interleave_testing::listed(&list);
    println!("test: {} not run on this machine", not_run.len());
    for line in not_run {
        println!("  {line}");
    }
    outcome
}

/// Tests everything. What cannot be tested here adds a line to `list`.
fn test_all(workspace: &Workspace, list: &Path) -> Result<()> {
    let [crates, site] =
        [&["test", "--workspace", "--exclude", BROWSER_TESTS][..], &["test", "--package", BROWSER_TESTS]];
    let command = |arguments: &[&str]| {
        let mut command = cargo(workspace);
        command.args(arguments).env(interleave_testing::LIST, list);
        command
    };
    let compile = || {
        step::run(workspace, "test: compiling the crates' tests", command(crates).arg("--no-run"))?;
        step::run(workspace, "test: compiling the site's tests", command(site).arg("--no-run"))
    };
    // Most of the site's build is linking, which takes one core.
    let (browser_env, compiled) = step::at_once(|| browser_env(workspace), compile);
    let browser_env = browser_env?;
    compiled?;
    step::stream("test: the crates, on this machine", &mut command(crates))?;
    step::stream("test: the built site, in browsers", command(site).envs(browser_env))
}

/// Runs one of the programs that look at the built site in a browser, such as `picture`.
pub fn run_in_browser(workspace: &Workspace, program: &str, arguments: &[String]) -> Result<()> {
    let browser_env = browser_env(workspace)?;
    let mut command = cargo(workspace);
    command.args(["run", "--package", BROWSER_TESTS, "--bin", program, "--"]).args(arguments).envs(browser_env);
    step::stream(&format!("{program}: in a browser, on the built site"), &mut command)
}

/// Builds the site and finds what drives the browsers: the variables under which the tests look for them. A browser that is not
/// there has none.
pub(crate) fn browser_env(workspace: &Workspace) -> Result<Vec<(&'static str, PathBuf)>> {
    let build = setup::for_build(workspace)?;
    let mut variables = setup::for_tests(workspace)?.variables;
    build::dist(workspace, &build, None)?;
    variables.push(("INTERLEAVE_DIST", workspace.dist()));
    Ok(variables)
}

/// Formatting, clippy for host and wasm, the documentation, all without a warning; and the rules for third-party crates.
pub fn lint(workspace: &Workspace) -> Result<()> {
    step::stream("lint: formatting", cargo(workspace).args(["fmt", "--all", "--check"]))?;
    let mut clippy = cargo(workspace);
    clippy.args(["clippy", "--workspace", "--all-targets", "--", "-D", "warnings"]);
    step::stream("lint: clippy", &mut clippy)?;

    let mut documentation = cargo(workspace);
    documentation.args(["doc", "--workspace", "--no-deps"]).env("RUSTDOCFLAGS", "-D warnings");
    let (wasm, documentation) =
        step::at_once(|| lint_wasm(workspace), || step::run(workspace, "lint: documentation", &mut documentation));
    wasm.and(documentation)?;
    // Last, so that nobody overlooks it.
    if let Some(not_looked_for) = deny::check(workspace)? {
        eprintln!("lint: WARNING: {not_looked_for}");
    }
    Ok(())
}

/// Clippy for what becomes wasm, with the profiles and the folders of the site's build, which has the same macros to compile.
fn lint_wasm(workspace: &Workspace) -> Result<()> {
    let toolchain = Toolchain::find_or_install(workspace)?;
    for (packages, profile, target_dir, rustflags) in [
        (&["interleave-engine"][..], "engine", ENGINE_TARGET_DIR, ENGINE_RUSTFLAGS),
        (&["interleave-desk", "interleave-app"], "app", APP_TARGET_DIR, APP_RUSTFLAGS),
    ] {
        let target_dir = workspace.target().join(target_dir);
        let names = packages.join(" and ");
        let Some(mut clippy) = toolchain.clippy(workspace, &target_dir, rustflags)? else {
            let missing = format!("clippy of {names} for wasm: there is none in {}", toolchain.programs().display());
            ensure!(!interleave_testing::must_run_all(), "lint: {missing}");
            println!("lint: NOT RUN: {missing}");
            continue;
        };
        clippy.args(packages.iter().flat_map(|package| ["--package", package]));
        clippy.args(["--lib", "--bins", "--profile", profile, "--target", TARGET, "--", "-D", "warnings"]);
        step::stream(&format!("lint: clippy of {names} for wasm"), &mut clippy)?;
    }
    Ok(())
}

/// What has to pass before a change is merged.
pub fn ci(workspace: &Workspace) -> Result<()> {
    lint(workspace)?;
    test(workspace)
}

/// The cargo that started us, in the workspace, without what it told us about this package: build scripts that look at
/// those variables would run again each time.
pub(crate) fn cargo(workspace: &Workspace) -> Command {
    let mut command = host_cargo();
    for (name, _) in env::vars_os() {
        let text = name.to_string_lossy();
        if text.starts_with("CARGO_PKG_") || text.starts_with("CARGO_MANIFEST_") {
            command.env_remove(&name);
        }
    }
    command.current_dir(workspace.root());
    command
}
