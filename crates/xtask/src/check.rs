//! The checks: tests on the host and in real browsers, and the linters for host and wasm.

use std::{env, path::PathBuf, process::Command};

use anyhow::Result;

use crate::{
    build::{self, APP_RUSTFLAGS, APP_TARGET_DIR, ENGINE_RUSTFLAGS, ENGINE_TARGET_DIR},
    setup, step,
    toolchain::{TARGET, Toolchain},
    tools::{GECKODRIVER, host_cargo},
    workspace::Workspace,
};

/// The package of the browser tests, which also holds the programs that need a browser.
const BROWSER_TESTS: &str = "e2e";

/// Tests every crate on the host, then the built site in real browsers.
pub fn test(workspace: &Workspace) -> Result<()> {
    let browser_env = browser_env(workspace)?;
    let mut host = cargo(workspace);
    host.args(["test", "--workspace", "--exclude", BROWSER_TESTS]);
    step::stream("test: the crates, on this machine", &mut host)?;
    let mut browsers = cargo(workspace);
    browsers.args(["test", "--package", BROWSER_TESTS]).envs(browser_env);
    step::stream("test: the built site, in Chromium, Firefox and WebKitGTK", &mut browsers)
}

/// Runs one of the programs that look at the built site in a browser, such as `picture`.
pub fn run_in_browser(workspace: &Workspace, program: &str, arguments: &[String]) -> Result<()> {
    let browser_env = browser_env(workspace)?;
    let mut command = cargo(workspace);
    command.args(["run", "--package", BROWSER_TESTS, "--bin", program, "--"]).args(arguments).envs(browser_env);
    step::stream(&format!("{program}: in a browser, on the built site"), &mut command)
}

/// Measures everything, beside its peers; fails where a budget is broken.
pub fn bench(workspace: &Workspace, arguments: &[String]) -> Result<()> {
    let browser_env = browser_env(workspace)?;
    let site = build::bench(workspace, &setup::for_build(workspace)?)?;
    let mut command = cargo(workspace);
    command.args(["run", "--package", BROWSER_TESTS, "--bin", "bench", "--"]).args(arguments).envs(browser_env).envs([
        ("INTERLEAVE_BENCH_SITE", site.folder),
        ("INTERLEAVE_BENCH_NATIVE", site.native),
        ("INTERLEAVE_BENCH_CLI", site.cli),
        ("INTERLEAVE_LIGHTHOUSE", site.lighthouse),
    ]);
    step::stream("bench: nothing else should run on this machine meanwhile", &mut command)
}

/// Builds the site and finds what drives the browsers: the variables under which the tests look for them.
fn browser_env(workspace: &Workspace) -> Result<[(&'static str, PathBuf); 8]> {
    let build = setup::for_build(workspace)?;
    let browsers = setup::for_browsers(workspace)?;
    build::dist(workspace, &build)?;
    Ok([
        ("INTERLEAVE_DIST", workspace.dist()),
        ("INTERLEAVE_AXE", build.npm.axe()),
        ("INTERLEAVE_CHROMIUM", browsers.chromium),
        ("INTERLEAVE_CHROMEDRIVER", browsers.chromedriver),
        ("INTERLEAVE_FIREFOX", browsers.firefox),
        ("INTERLEAVE_WEBKIT_DRIVER", browsers.webkit_driver),
        ("INTERLEAVE_XVFB", browsers.xvfb),
        ("INTERLEAVE_GECKODRIVER", GECKODRIVER.path(workspace)),
    ])
}

/// Formatting, clippy for host and wasm, and the documentation, all without a warning.
pub fn lint(workspace: &Workspace) -> Result<()> {
    step::stream("lint: formatting", cargo(workspace).args(["fmt", "--all", "--check"]))?;
    let mut clippy = cargo(workspace);
    clippy.args(["clippy", "--workspace", "--all-targets", "--", "-D", "warnings"]);
    step::stream("lint: clippy", &mut clippy)?;

    let toolchain = Toolchain::find_or_install(workspace)?;
    for (package, kind, target_dir, rustflags) in [
        ("interleave-engine", "--lib", ENGINE_TARGET_DIR, ENGINE_RUSTFLAGS),
        ("interleave-desk", "--lib", APP_TARGET_DIR, APP_RUSTFLAGS),
        ("interleave-app", "--bins", APP_TARGET_DIR, APP_RUSTFLAGS),
    ] {
        let target_dir = workspace.target().join(target_dir);
        let Some(mut clippy) = toolchain.clippy(workspace, &target_dir, rustflags)? else {
            println!("lint: SKIPPED clippy of {package} for wasm: there is none in {}", toolchain.programs().display());
            continue;
        };
        clippy.args(["--package", package, kind, "--target", TARGET, "--", "-D", "warnings"]);
        step::stream(&format!("lint: clippy of {package} for wasm"), &mut clippy)?;
    }

    let mut documentation = cargo(workspace);
    documentation.args(["doc", "--workspace", "--no-deps"]).env("RUSTDOCFLAGS", "-D warnings");
    step::stream("lint: documentation", &mut documentation)
}

/// What has to pass before a change is merged.
pub fn ci(workspace: &Workspace) -> Result<()> {
    lint(workspace)?;
    test(workspace)
}

/// The cargo that started us, in the workspace, without what it told us about this package: build scripts that look at
/// those variables would run again each time.
fn cargo(workspace: &Workspace) -> Command {
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
