//! What a press on the board does to the values: it takes the schedule on, or back.
//!
//! | press | what |
//! |---|---|
//! | `0`…`9` | this thread does a step |
//! | `step`, `back` | the thread whose turn it is does a step; the last step is taken back |
//! | `switch`, `end` | steps until it is another thread's turn; until all are over |
//! | `reset` | back to the start |
//! | `next`, `previous`, `leave` | to a walk's next stop, or the one before; off the walk, which leaves the machine where it is |
//! | `answer=3` | answers the walk's question |
//! | `lines` | folds lines of a high-level language, or opens them |
//! | `edit` | makes the program one's own, to be changed |
//! | `schedule=0011` | the machine after these steps |

use super::args::{Args, MOST_STEPS, OWN, TEXT};
use super::board;
use crate::lab::Pressed;
use crate::values::{Value, Values};
use interleave_machine::Session;

/// What a press leads to.
pub(super) fn pressed(values: &Values, press: &str) -> Pressed {
    let mut keys = Keys { values: values.clone() };
    let args = Args::of(values);
    let answer = press.strip_prefix("answer=").and_then(|answer| answer.parse().ok());
    match press {
        "next" | "previous" if args.walk.is_some() => {
            let (stop, last) = args.walk.map_or((0, 0), |(walk, stop)| (stop, walk.stops.len()));
            keys.number("stop", if press == "next" { last.min(stop + 1) } else { stop.saturating_sub(1) });
        }
        "leave" => keys.leave(&args),
        "lines" => keys.choose("code", if args.lines { "instructions" } else { "lines" }),
        "edit" => {
            keys.leave(&args);
            keys.text(TEXT, args.text.clone());
            keys.choose("program", OWN);
        }
        "" | "next" | "previous" => {}
        _ if answer.is_some() => {}
        _ => keys.step(&args, press),
    }
    let values = keys.values;
    let figure = board::figure(&Args::of(&values), answer);
    Pressed { values, figure }
}

/// The values, and what sets them: without the controls, whose texts no engine needs to carry. What it sets is valid.
struct Keys {
    values: Values,
}

impl Keys {
    fn number(&mut self, name: &str, number: usize) {
        self.values.replace(name, Value::Number(number as u32));
    }

    fn choose(&mut self, name: &str, slug: &str) {
        self.values.replace(name, Value::Choice(slug.to_owned()));
    }

    fn text(&mut self, name: &str, text: String) {
        self.values.replace(name, Value::Text(text));
    }

    /// Leaves the walk, if there is one, with the machine as it is.
    fn leave(&mut self, args: &Args) {
        if args.walk.is_some() {
            self.choose("walk", "none");
            self.choose("program", &args.program);
            self.choose("variant", "threads");
            self.text("schedule", args.schedule.clone());
            self.number("stop", 0);
        }
    }

    /// Takes the machine on or back. Whoever does that leaves a walk.
    fn step(&mut self, args: &Args, press: &str) {
        let Ok(loaded) = args.load() else { return };
        let (mut session, _) = args.session(&loaded);
        let left = MOST_STEPS.saturating_sub(session.steps().len());
        match press {
            "step" => drop(session.advance_by(left.min(1))),
            "back" => drop(session.back()),
            "switch" => drop(session.advance_to_switch(left)),
            "end" => drop(session.advance_by(left)),
            "reset" => session = Session::new(loaded.machine.clone(), args.timer),
            _ => match press.strip_prefix("schedule=") {
                Some(schedule) => {
                    let args = Args { schedule: schedule.trim().to_owned(), ..args.clone() };
                    session = args.session(&loaded).0;
                }
                None => {
                    let thread = press.parse().ok().filter(|_| press.len() == 1 && left > 0);
                    let Some(()) = thread.and_then(|thread: usize| session.choose(thread).map(drop)) else { return };
                }
            },
        }
        self.leave(args);
        self.text("schedule", session.schedule().to_string());
    }
}
