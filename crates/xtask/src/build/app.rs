//! The page: trunk builds `index.html` and the yew app, and copies the engine beside them.

use std::{
    fs,
    path::{Path, PathBuf},
    process::Command,
};

use anyhow::{Context, Result, bail};
use interleave_labs::LABS;

use super::{
    desk,
    engine::Folders,
    index,
    labs::{self, Lab},
    licenses, site,
};
use crate::{
    files::{self, Fingerprint},
    setup::Setup,
    step,
    toolchain::{TARGET, path_with},
    tools::TRUNK,
    workspace::Workspace,
};

/// Below `target/`; not the engine's, whose flags differ.
pub const TARGET_DIR: &str = "wasm-app";

/// Fewer bytes: a panic ends the page where it is, and `boot.js` says that it has.
pub const RUSTFLAGS: &[&str] =
    &["-Zunstable-options", "-Cpanic=immediate-abort", "-Zlocation-detail=none", "-Zfmt-debug=none"];

/// Where app and desk are compiled, which share flags and crates.
pub(super) fn target(workspace: &Workspace) -> PathBuf {
    workspace.target().join(TARGET_DIR)
}

/// Builds the site into `dist`, of which the desk is compiled. `engines` are the folders of the labs' modules, `address` is where the site
/// will be.
pub(super) fn build(
    workspace: &Workspace,
    setup: &Setup,
    engines: &[Folders],
    address: &str,
    dist: &Path,
) -> Result<()> {
    let target = target(workspace);
    // Trunk runs offline, so that it can never download a tool of its own; what cargo needs is fetched before.
    let mut fetch = setup.toolchain.cargo(workspace, &target, RUSTFLAGS);
    fetch.args(["fetch", "--target", TARGET]);
    step::run(workspace, "dist: fetching the page's crates", &mut fetch)?;

    let stage = workspace.state().join("dist-stage");
    files::fresh_dir(&stage)?;
    let mut trunk = Command::new(TRUNK.path(workspace));
    trunk.args(["build", "--locked", "--skip-version-check", "--dist"]).arg(&stage);
    setup.toolchain.prepare(&mut trunk, workspace, &target, RUSTFLAGS);
    let tools = [workspace.tool_root().join("bin"), setup.npm.programs(), setup.toolchain.programs()];
    trunk.env("PATH", path_with(&tools)?);
    // Trunk takes this for the value of its own --color switch and stumbles over "1".
    trunk.env_remove("NO_COLOR").env("TRUNK_COLOR", "never");
    let trunk = || step::run(workspace, "dist: building the page (about 2 minutes the first time)", &mut trunk);
    // Either takes one core, most of the time.
    let (desk, trunk) = step::at_once(|| desk::script(workspace, setup, &target), trunk);
    trunk?;

    check_copied(&stage, engines)?;
    let scripts = workspace.root().join("static");
    let boot = site::script(&stage, &scripts, "boot")?;
    let looks = site::script(&stage, &scripts, "looks")?;
    let editor = site::script(&stage, &scripts, "editor")?;
    for script in [&boot, &looks, &editor, "embed.js"] {
        super::minify(workspace, setup, &stage.join(script), false)?;
    }
    small(workspace, setup, &stage, &boot)?;
    let labs = LABS.iter().zip(engines).map(|(lab, engine)| Lab::add(&stage, workspace.root(), lab, engine));
    let labs = labs.collect::<Result<Vec<_>>>()?;
    let page = stage.join("index.html");
    let html = fs::read_to_string(&page).context("trunk made no index.html")?;
    let desk = site::add(&stage, "desk", "js", desk?.as_bytes())?;
    let start_tags = site::start_tags(&stage, &labs::list(&labs), &boot, [&looks, &editor, &desk])?;
    let html = index::with_one_style(&html, &stage)?;
    let html = index::complete(&html, &labs, &start_tags, address)?;
    index::check_relative(&html)?;
    fs::write(&page, html)?;
    licenses::add(workspace, setup, &stage)?;
    site::finish(&stage, &scripts)?;
    // The finished site appears at once, so that nobody who is serving `dist/` sees half of it.
    files::replace_dir(&stage, dist)
}

/// Refuses a site that lacks what trunk was to copy.
fn check_copied(stage: &Path, engines: &[Folders]) -> Result<()> {
    for engine in engines.iter().flat_map(|folders| [Some(&folders.whole), folders.board.as_ref()]).flatten() {
        let (file, link) = (format!("engine/{engine}/worker.js"), r#"rel="copy-dir" href="target/engine""#);
        if !stage.join(&file).is_file() {
            bail!("the built site lacks {file}: index.html needs <link data-trunk {link}>");
        }
    }
    Ok(())
}

/// Makes the app's module and script smaller than trunk does, and names them after what they are then. The script knows `boot`.
fn small(workspace: &Workspace, setup: &Setup, stage: &Path, boot: &str) -> Result<()> {
    let script = stage.join(site::only(stage, "interleave-app-", ".js")?);
    let module = stage.join(site::only(stage, "interleave-app-", "_bg.wasm")?);
    super::minify(workspace, setup, &script, true)?;
    super::shorten_names(&module, std::slice::from_ref(&script))?;
    fs::write(&script, site::with_boot(&fs::read_to_string(&script)?, boot))?;
    let mut fingerprint = Fingerprint::default();
    fingerprint.add_path(stage, &script)?;
    fingerprint.add_path(stage, &module)?;
    let name = format!("interleave-app-{}", fingerprint.finish());
    fs::rename(script, stage.join(format!("{name}.js")))?;
    Ok(fs::rename(module, stage.join(format!("{name}_bg.wasm")))?)
}
