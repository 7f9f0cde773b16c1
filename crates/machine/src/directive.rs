//! What a program's comments say of how it is meant to be run: lines that begin with `#:`.
//!
//! ```text
//! #: title Lost update               its name
//! #: question Two threads add 1. …   what to find out; several lines are put together
//! #: goal count == 1                 what a reader tries to reach by hand: an end, `violation` or `deadlock`
//! #: threads 2                       how many threads
//! #: args bx=1,bx=2                  the threads' registers at the start
//! #: watch count,2000                places in memory worth watching
//! #: registers ax,cx                 registers worth watching
//! #: alone .critical .release        at most one thread is between these labels
//! #: end count == 2                  what holds once all threads have halted
//! ```

use crate::assertion::{self, Assertion, Comparison};
use crate::error::shown;
use crate::machine::MOST_THREADS;
use crate::program::Program;
use crate::register::Register;
use crate::setup;
use crate::watch::{self, Watch};

/// What a program's comments say of how it is meant to be run.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Directives {
    /// Its name.
    pub title: String,
    /// What to find out.
    pub question: String,
    /// What a reader tries to reach by hand.
    pub goal: Option<Goal>,
    /// How many threads.
    pub threads: Option<usize>,
    /// The threads' registers at the start, as in a [`Setup`](crate::Setup).
    pub arguments: Vec<Vec<(Register, i32)>>,
    /// What is worth watching.
    pub watch: Watch,
}

/// What a reader tries to reach by choosing who runs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Goal {
    /// All threads have halted, and this place holds this value.
    End {
        /// The place's name.
        name: String,
        /// The place.
        address: u32,
        /// The value.
        value: i32,
    },
    /// What the program asserts is violated.
    Violation,
    /// From here on, no schedule ends.
    Deadlock,
}

impl Directives {
    /// Reads one line without its `#:`. Assertions are the program's.
    pub(crate) fn read(&mut self, text: &str, program: &mut Program) -> Result<(), String> {
        let text = text.trim();
        let (key, rest) = text.split_once(char::is_whitespace).unwrap_or((text, ""));
        let rest = rest.trim();
        match key {
            "alone" | "end" if program.assertions.len() == assertion::MOST => {
                return Err(format!("a program asserts {} things at most", assertion::MOST));
            }
            "title" => rest.clone_into(&mut self.title),
            "question" => {
                if !self.question.is_empty() {
                    self.question.push(' ');
                }
                self.question.push_str(rest);
            }
            "goal" => self.goal = Some(goal(rest, program)?),
            "threads" => {
                let threads = rest.parse().ok().filter(|threads| (1..=MOST_THREADS).contains(threads));
                self.threads = Some(threads.ok_or_else(|| format!("there are 1 to {MOST_THREADS} threads"))?);
            }
            "args" => self.arguments = setup::arguments(rest).map_err(|error| error.0)?,
            "watch" => self.watch.places = Watch::parse(rest, "", program).map_err(|error| error.0)?.places,
            "registers" => self.watch.registers = Watch::parse("", rest, program).map_err(|error| error.0)?.registers,
            "alone" => program.assertions.push(alone(rest, text, program)?),
            "end" => {
                let (_, address, comparison, value) = condition(rest, program)?;
                program.assertions.push(Assertion::End { address, comparison, value, text: text.to_owned() });
            }
            _ => return Err(format!("“#: {}” says nothing that is known here", shown(key))),
        }
        Ok(())
    }
}

fn goal(text: &str, program: &Program) -> Result<Goal, String> {
    match text {
        "violation" => Ok(Goal::Violation),
        "deadlock" => Ok(Goal::Deadlock),
        _ => match condition(text, program)? {
            (name, address, Comparison::Equal, value) => Ok(Goal::End { name: name.to_owned(), address, value }),
            _ => Err("a goal is a value that is to be reached: goal count == 1".into()),
        },
    }
}

fn alone(labels: &str, text: &str, program: &Program) -> Result<Assertion, String> {
    let mut labels = labels.split_whitespace().map(|name| {
        let label = program.label(name).ok_or_else(|| format!("no label is called “{}”", shown(name)));
        label.map(|label| label.index)
    });
    match (labels.next(), labels.next(), labels.next()) {
        (Some(from), Some(to), None) => match (from?, to?) {
            (from, to) if from < to => Ok(Assertion::Alone { from, to, text: text.to_owned() }),
            _ => Err("the second label of alone is below the first".into()),
        },
        _ => Err("alone takes two labels: alone .critical .release".into()),
    }
}

/// `count == 2`
fn condition<'a>(text: &'a str, program: &Program) -> Result<(&'a str, u32, Comparison, i32), String> {
    let parts: Vec<_> = text.split_whitespace().collect();
    let [name, sign, value] = parts[..] else { return Err("a condition is written count == 2".into()) };
    let comparison =
        Comparison::of(sign).ok_or_else(|| format!("“{}” is no comparison: there are == != < <= > >=", shown(sign)))?;
    let value = value.parse().map_err(|_| format!("“{}” is no number of 32 bits", shown(value)))?;
    Ok((name, watch::address(name, program).map_err(|error| error.0)?, comparison, value))
}
