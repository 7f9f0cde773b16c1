//! Runs the programs that labs write, each with its own language's tools, and looks at what they print.
//! A language whose tools are not at hand is not tested, and that is said.

mod compare;
mod machine;
mod memory;
mod order;
mod process;
mod python;
mod race;

use interleave_labs::code::Language;
use interleave_labs::{Values, lab};
use interleave_testing::not_run;
use std::path::Path;
use std::process::{Command, Output};
use std::sync::atomic::{AtomicU32, Ordering};

/// Runs the program `slug` of a lab the way it says it is run, with the arguments of `query`.
fn run(lab_slug: &str, query: &str, slug: &str, language: Language) -> Output {
    static COUNT: AtomicU32 = AtomicU32::new(0);
    let lab = lab(lab_slug).expect("a lab");
    let (values, notices) = Values::from_query(&lab.sheet().controls, query);
    assert_eq!(notices, []);
    let layouts = Path::new(env!("CARGO_MANIFEST_DIR")).join("src").join(lab_slug).join("code");
    let layout = |name: &str| std::fs::read_to_string(layouts.join(name)).ok();
    let program = lab.program(&values, slug, language, &layout).expect("its layouts");
    let number = COUNT.fetch_add(1, Ordering::Relaxed);
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("{lab_slug}-{slug}-{}-{number}", language.slug()));
    std::fs::create_dir_all(&folder).unwrap();
    std::fs::write(folder.join(&program.file_name), &program.text).unwrap();
    Command::new("sh").args(["-c", &program.how_to_run]).current_dir(folder).output().unwrap()
}

fn is_at_hand(language: Language) -> bool {
    let tools: &[&str] = match language {
        Language::Python => &["python3"],
        Language::Java => &["java", "javac"],
        Language::Rust => &["rustc"],
    };
    let runs = |tool: &str| Command::new(tool).arg("--version").output().is_ok_and(|output| output.status.success());
    let missing = tools.iter().find(|tool| !runs(tool));
    if let Some(tool) = missing {
        not_run(tool);
    }
    missing.is_none()
}
