//! Writes a drawing of each kind of figure into a folder, in several widths, to be looked at: `cargo run --example figures -- <folder>`.

#[path = "../tests/figures/samples.rs"]
mod samples;

fn main() -> std::io::Result<()> {
    let Some(folder) = std::env::args_os().nth(1).map(std::path::PathBuf::from) else {
        return Err(std::io::Error::other("which folder?"));
    };
    std::fs::create_dir_all(&folder)?;
    for figure in samples::all() {
        for width in [340.0, 640.0, 1240.0] {
            std::fs::write(folder.join(format!("{}-{width}.svg", figure.id)), figure.svg(width))?;
        }
    }
    Ok(())
}
