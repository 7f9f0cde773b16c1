//! `interleave python`: a Python script on real threads and processes.

use clap::{Arg, ArgAction, ArgMatches, Command};
use interleave_labs::lab::Lab;
use interleave_labs::python::Python;
use interleave_python::{Exit, Options, Output, State, Stream, Thread};
use serde_json::json;
use std::io::Write;
use std::process::ExitCode;
use std::sync::{Arc, Mutex, PoisonError};

/// The command's name.
const NAME: &str = "python";

/// The command.
pub fn command() -> Command {
    let flag = |name: &'static str| Arg::new(name).long(name).action(ArgAction::SetTrue);
    Command::new(NAME)
        .about("Run a Python script, each of its threads a real thread and each of its processes a real process")
        .arg(Arg::new("script").value_name("SCRIPT.py").required(true).help("The script"))
        .arg(
            Arg::new("arguments")
                .value_name("ARGUMENTS")
                .num_args(0..)
                .trailing_var_arg(true)
                .help("What the script finds in sys.argv"),
        )
        .arg(
            Arg::new("gil")
                .long("gil")
                .value_name("on|off")
                .value_parser(["on", "off"])
                .default_value("on")
                .help("Whether threads take turns with a global interpreter lock"),
        )
        .arg(flag("json").help("Print output, threads and what they did as JSON"))
        .arg(flag("timeline").help("Print what each thread did, after the script's output").conflicts_with("json"))
}

/// A script to run.
pub struct Script {
    path: String,
    options: Options,
    json: bool,
    timeline: bool,
}

/// Prints at once what a script prints.
struct Terminal;

impl Output for Terminal {
    fn write(&mut self, stream: Stream, _thread: &Thread, text: &str, _at_us: u64) {
        // The reader may have closed the pipe.
        let _ = match stream {
            Stream::Out => std::io::stdout().lock().write_all(text.as_bytes()).and_then(|()| std::io::stdout().flush()),
            Stream::Err => std::io::stderr().lock().write_all(text.as_bytes()),
        };
    }
}

/// A text that was printed: where to, by which thread, when.
type Printed = (Stream, u32, String, u64);

/// Keeps what a script prints.
struct Kept(Arc<Mutex<Vec<Printed>>>);

impl Output for Kept {
    fn write(&mut self, stream: Stream, thread: &Thread, text: &str, at_us: u64) {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).push((stream, thread.id, text.to_owned(), at_us));
    }
}

impl Script {
    /// What the command line asks for, if it is this command.
    pub fn of(matches: &ArgMatches) -> Option<Script> {
        let (NAME, given) = matches.subcommand()? else { return None };
        let path = given.get_one::<String>("script")?.clone();
        let argv = given.get_many::<String>("arguments").map(|given| given.cloned().collect()).unwrap_or_default();
        let gil = given.get_one::<String>("gil").is_none_or(|gil| gil == "on");
        // A process of a script is one of this program that the lab serves.
        let greeting = Some(Python::SLUG.to_owned());
        let options = Options { gil, script_name: path.clone(), argv, greeting, ..Options::default() };
        Some(Script { path, options, json: given.get_flag("json"), timeline: given.get_flag("timeline") })
    }

    /// Runs it; the exit code is the script's.
    pub fn run(&self) -> ExitCode {
        let source = match std::fs::read(&self.path) {
            Ok(bytes) => String::from_utf8_lossy(&bytes).into_owned(),
            Err(error) => {
                eprintln!("error: {}: {error}", self.path);
                return ExitCode::from(2);
            }
        };
        let exit = if self.json {
            let kept = Arc::new(Mutex::new(Vec::new()));
            let exit = interleave_python::run(&source, &self.options, Kept(kept.clone()));
            let printed = kept.lock().unwrap_or_else(PoisonError::into_inner);
            crate::print(&format!("{}\n", as_json(&exit, &printed, self.options.gil)));
            exit
        } else {
            interleave_python::run(&source, &self.options, Terminal)
        };
        if self.timeline {
            crate::print(&timeline(&exit));
        }
        ExitCode::from(exit.code as u8)
    }
}

fn timeline(exit: &Exit) -> String {
    let mut text = String::new();
    let name =
        |id: u32| exit.lanes.iter().find(|lane| lane.thread == id).map_or_else(String::new, |it| it.name.clone());
    for lane in &exit.lanes {
        text.push_str(&format!("{}{}\n", lane.name, if lane.daemon { " (daemon)" } else { "" }));
        for span in &lane.spans {
            let ms = |us: u64| us.saturating_sub(exit.start_us) as f64 / 1000.0;
            let line = if span.line > 0 { format!("  line {}", span.line) } else { String::new() };
            let (start, end) = (ms(span.start_us), ms(span.end_us));
            text.push_str(&format!("  {start:10.3} – {end:10.3} ms  {}{line}\n", span.state.words(name)));
        }
    }
    let gil = exit.gil;
    text.push_str(&format!(
        "GIL: {} hand-overs, {} requests, {} times woken and found it taken\n",
        gil.hand_overs, gil.requests, gil.found_taken
    ));
    text
}

fn as_json(exit: &Exit, printed: &[Printed], gil: bool) -> serde_json::Value {
    let since = |us: u64| us.saturating_sub(exit.start_us);
    let output = printed.iter().map(|(stream, thread, text, at_us)| {
        let stream = if *stream == Stream::Out { "out" } else { "err" };
        json!({ "at_us": since(*at_us), "thread": thread, "stream": stream, "text": text })
    });
    let lanes = exit.lanes.iter().map(|lane| {
        let spans = lane.spans.iter().map(|span| {
            let (kind, what, thread) = match &span.state {
                State::Starting => ("start", None, None),
                State::Running => ("run", None, None),
                State::WaitingForGil => ("gil", None, None),
                State::Sleeping => ("sleep", None, None),
                State::Waiting { what, holder } => ("wait", Some(what.clone()), *holder),
                State::Joining(id) => ("join", None, Some(*id)),
            };
            json!({
                "state": kind, "what": what, "thread": thread, "line": span.line,
                "start_us": since(span.start_us), "end_us": since(span.end_us),
            })
        });
        json!({
            "thread": lane.thread, "name": lane.name, "daemon": lane.daemon, "process": lane.process, "spans": spans.collect::<Vec<_>>(),
        })
    });
    json!({
        "exit_code": exit.code,
        "wall_us": exit.end_us.saturating_sub(exit.start_us),
        "problem": exit.problem.as_ref().map(|it| json!({ "line": it.line, "column": it.column, "message": it.message })),
        "deadlock": exit.deadlock,
        "gil": if gil { Some(json!({
            "hand_overs": exit.gil.hand_overs, "requests": exit.gil.requests,
            "found_taken": exit.gil.found_taken, "hand_over_us": exit.gil.hand_over_us,
        })) } else { None },
        "output": output.collect::<Vec<_>>(),
        "threads": lanes.collect::<Vec<_>>(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    const ONE_WAITS: &str = "\
import threading, time
lock = threading.Lock()
def work():
    with lock:
        print('has it')
with lock:
    ada = threading.Thread(target=work, name='Ada')
    ada.start()
    time.sleep(0.05)
ada.join()
";

    fn run(gil: bool) -> (Exit, Vec<Printed>) {
        let kept = Arc::new(Mutex::new(Vec::new()));
        let exit = interleave_python::run(ONE_WAITS, &Options { gil, ..Options::default() }, Kept(kept.clone()));
        let printed = std::mem::take(&mut *kept.lock().unwrap());
        (exit, printed)
    }

    #[test]
    fn the_timeline_says_who_waited_for_whom() {
        for gil in [true, false] {
            let text = timeline(&run(gil).0);
            for part in ["MainThread\n", "Ada\n", "sleeps  line 9", "waits for a Lock that MainThread has  line 4"] {
                assert!(text.contains(part), "{part}, GIL {gil}:\n{text}");
            }
        }
    }

    #[test]
    fn json_says_who_printed_what_and_how_it_ended() {
        let (exit, printed) = run(true);
        let json = as_json(&exit, &printed, true);
        assert_eq!((&json["exit_code"], &json["problem"], &json["deadlock"]), (&json!(0), &json!(null), &json!(null)));
        let ada = &json["threads"][1];
        assert_eq!((&ada["name"], &ada["daemon"]), (&json!("Ada"), &json!(false)));
        assert_eq!((&json["output"][0]["thread"], &json["output"][0]["text"]), (&ada["thread"], &json!("has it\n")));
    }

    #[test]
    fn what_stands_after_the_script_is_the_script_s() {
        let matches = command().try_get_matches_from(["python", "--gil", "off", "a.py", "one", "--two"]);
        let given: Vec<String> = matches.unwrap().get_many("arguments").unwrap().cloned().collect();
        assert_eq!(given, ["one", "--two"]);
    }
}
