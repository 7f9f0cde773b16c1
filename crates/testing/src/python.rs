//! The reference: the `python3` of the machine.

use crate::not_run;
use std::io::Write;
use std::process::{Command, Stdio};
use std::sync::OnceLock;
use std::thread;

/// What is said where it is missing.
const NEEDED: &str = "python3 of version 3.11 (on Debian 12: apt-get install python3)";

/// Whether `python3` is here, in the version whose words are the reference. If not, that is said by [`not_run`], each time.
#[must_use]
pub fn python_is_here() -> bool {
    static HERE: OnceLock<bool> = OnceLock::new();
    let here = *HERE.get_or_init(|| {
        let version = Command::new("python3").arg("--version").output();
        version.is_ok_and(|output| output.stdout.starts_with(b"Python 3.11."))
    });
    if !here {
        not_run(NEEDED);
    }
    here
}

/// The lines that a program in Python prints for some lines of input; nothing where there is no `python3`, which is said.
///
/// # Panics
/// If the program fails.
#[must_use]
pub fn python_lines(program: &str, input: &[String]) -> Option<Vec<String>> {
    if !python_is_here() {
        return None;
    }
    let mut command = Command::new("python3");
    command.args(["-X", "utf8", "-c", program]).stdin(Stdio::piped()).stdout(Stdio::piped());
    let mut child = command.spawn().expect("python3");
    let mut stdin = child.stdin.take().expect("its input");
    let text = input.join("\n");
    let writer = thread::spawn(move || stdin.write_all(text.as_bytes()));
    let output = child.wait_with_output().expect("its output");
    assert!(output.status.success(), "the reference failed");
    writer.join().expect("what was to be written").expect("it reads its input");
    let text = String::from_utf8(output.stdout).expect("UTF-8");
    Some(text.split_terminator('\n').map(str::to_owned).collect())
}
