//! The arguments of `machine`, and the machine that they load.

use crate::mark::Mark;
use crate::values::Values;
use interleave_machine::walk::{WALKS, Walk};
use interleave_machine::{Machine, Place, Program, Schedule, Session, Setup, Sharing, Timer, Watch, library};
use std::rc::Rc;

/// The most steps of a schedule that is taken by hand: so many still fit into an address.
pub const MOST_STEPS: usize = 4000;
/// The most places that outcomes are told apart by where a program does not say which.
const MOST_PLACES: usize = 8;
/// The choice of a program of one's own.
pub(super) const OWN: &str = "own";
/// The control with its text.
pub(super) const TEXT: &str = "source";

/// The arguments.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Args {
    /// The program's slug in the library, or `own`; a walk's own program if there is a walk.
    pub program: String,
    /// Its text.
    pub text: String,
    /// What its threads have in common.
    pub sharing: Sharing,
    /// The guided walk, and at which stop it is, counted from 0; after the last one it asks its question.
    pub(super) walk: Option<(&'static Walk, usize)>,
    /// Who has done each step so far, as it was given.
    pub(super) schedule: String,
    /// Whether lines of a high-level language hide their instructions.
    pub(super) lines: bool,
    /// Who runs next where nobody chooses.
    pub(super) timer: Timer,
    /// From one step to the next where they are played, in milliseconds.
    pub(super) every_ms: u32,
    /// How many rounds in vain are followed in loops that can go on for ever.
    pub rounds: u32,
    /// How many states are looked at, at most.
    pub states: u32,
    /// How many steps from the start states are, at most.
    pub depth: u32,
    /// How long the exploration takes, at most, in seconds.
    pub seconds: u32,
    /// How many times real threads run the program.
    pub times: u32,
}

/// A program, ready to run.
#[derive(Clone, Debug)]
pub struct Loaded {
    /// The machine before the first step.
    pub machine: Machine,
    /// By what outcomes are told apart: places in memory.
    pub watch: Watch,
}

impl Args {
    /// Builds the arguments from valid values.
    #[must_use]
    pub fn of(values: &Values) -> Args {
        let walk = WALKS.iter().find(|walk| walk.slug == values.choice("walk"));
        let walk = walk.map(|walk| (walk, (values.number("stop") as usize).min(walk.stops.len())));
        let program = walk.map_or_else(|| values.choice("program"), |(walk, _)| walk.program);
        let text = library::entry(program).map_or_else(|| values.text(TEXT), |entry| entry.text);
        let seed = u64::from(values.number("seed"));
        Args {
            program: program.to_owned(),
            text: text.to_owned(),
            sharing: match values.choice("variant") {
                "processes" if walk.is_none() => Sharing::Nothing,
                _ => Sharing::Memory,
            },
            schedule: walk.map_or_else(|| values.text("schedule").trim().to_owned(), |(walk, stop)| way(walk, stop)),
            walk,
            lines: values.choice("code") == "lines",
            timer: Timer { interval: values.number("interval"), seed: Some(seed).filter(|seed| *seed > 0) },
            every_ms: 1000 / values.number("speed").max(1),
            rounds: values.number("rounds"),
            states: values.number("states"),
            depth: values.number("depth"),
            seconds: values.number("seconds"),
            times: values.number("times"),
        }
    }

    /// Loads the program.
    ///
    /// # Errors
    /// What is wrong with it, for the reader: a sentence with line and column.
    pub fn load(&self) -> Result<Loaded, String> {
        if self.text.trim().is_empty() {
            return Err("There is no program yet: write one under “More”, or choose another.".to_owned());
        }
        let program = Program::parse(&self.text).map_err(|errors| {
            let first = errors.first().map_or_else(String::new, ToString::to_string);
            let more = match errors.len() - 1 {
                0 => String::new(),
                1 => " There is one more mistake.".to_owned(),
                more => format!(" There are {more} more mistakes."),
            };
            format!("The program cannot be read. In {first}.{more}")
        })?;
        let setup = Setup { sharing: self.sharing, ..Setup::of(&program) };
        let mut watch = Watch { registers: Vec::new(), ..program.directives.watch.clone() };
        if watch.places.is_empty() {
            let variables = program.variables.iter().take(MOST_PLACES);
            watch.places = variables.map(|it| Place { name: it.name.clone(), address: it.address }).collect();
        }
        let wrong = |error: interleave_machine::SetupError| format!("The program cannot be loaded: {error}.");
        let machine = Machine::new(Rc::new(program), &setup).map_err(wrong)?;
        machine.check(&watch).map_err(wrong)?;
        Ok(Loaded { machine, watch })
    }

    /// The machine's session after the steps of the schedule; and what is wrong with that, if something is: then those before it are done.
    pub(super) fn session(&self, loaded: &Loaded) -> (Session, Option<String>) {
        let mut session = Session::new(loaded.machine.clone(), self.timer);
        let threads = loaded.machine.threads();
        let cut: String = self.schedule.chars().take(MOST_STEPS).collect();
        let (schedule, mut wrong) = match Schedule::parse(&cut, threads) {
            Ok(schedule) => (schedule, None),
            Err(error) => {
                let right = cut.chars().map_while(|letter| letter.to_digit(10)).map(|digit| digit as usize);
                (right.take_while(|thread| *thread < threads).collect(), Some(format!("It stops early: {error}.")))
            }
        };
        if cut.len() < self.schedule.len() && wrong.is_none() {
            wrong = Some(format!("The schedule is longer than {MOST_STEPS} steps: the rest is left out."));
        }
        session.replay(&schedule);
        (session, wrong)
    }

    /// What those who run it are called: threads or processes.
    pub(super) fn who(&self) -> &'static str {
        if self.sharing == Sharing::Nothing { "process" } else { "thread" }
    }
}

/// What is wrong with the reader's own program, whether it is chosen or not.
#[must_use]
pub fn check(values: &Values) -> Vec<Mark> {
    let text = values.text(TEXT);
    if text.trim().is_empty() {
        // Nothing has been written yet.
        return Vec::new();
    }
    let errors = Program::parse(text).err().unwrap_or_default();
    let mark = |error: interleave_machine::Error| Mark {
        control: TEXT.to_owned(),
        line: error.span.line,
        column: error.span.column,
        text: error.message,
    };
    errors.into_iter().map(mark).collect()
}

/// The schedule that leads to a stop of a walk.
pub(super) fn way(walk: &Walk, stop: usize) -> String {
    walk.stops.iter().take(stop + 1).map(|stop| stop.schedule).collect()
}
