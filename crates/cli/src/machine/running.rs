//! `interleave machine`: a program, step by step.

use super::arguments::{flag, option, text, with_common};
use super::json::{self, Named, Values};
use clap::{ArgMatches, Command, value_parser};
use interleave_machine::{Machine, Schedule, Session, Timer, Watch, trace};
use serde::Serialize;
use std::fmt::Write;

/// The command's name.
pub const NAME: &str = "machine";

/// The command.
pub fn command() -> Command {
    let about = "Run a program on the teaching CPU and print each step";
    with_common(Command::new(NAME).about(about)).args([
        option("interval", "N")
            .value_parser(value_parser!(u32).range(1..))
            .help("The timer interrupts after N instructions [50]"),
        flag("random-interval").help("The timer interrupts after 1 to N instructions, at random"),
        option("seed", "N")
            .value_parser(value_parser!(u64))
            .requires("random-interval")
            .help("Which random intervals: the same for the same seed [0]"),
        option("schedule", "THREADS")
            .help("Who does each step: 0011; stops at its end")
            .conflicts_with_all(["interval", "random-interval"]),
        option("steps", "N").value_parser(value_parser!(usize)).help("Stop after so many steps [10000]"),
        flag("codes").help("Print the condition codes"),
    ])
}

/// The steps as text or JSON.
pub fn answer(given: &ArgMatches) -> Result<String, String> {
    let (machine, watch) = super::loaded(given, true)?;
    let seed = given.get_one("seed").copied().unwrap_or(0);
    let timer = Timer {
        interval: given.get_one("interval").copied().unwrap_or(Timer::default().interval),
        seed: given.get_flag("random-interval").then_some(seed),
    };
    let mut session = Session::new(machine.clone(), timer);
    let most = given.get_one("steps").copied().unwrap_or(10_000);
    match text(given, "schedule") {
        Some(schedule) => {
            session.replay(&Schedule::parse(schedule, machine.threads()).map_err(|error| error.to_string())?);
        }
        None => {
            session.advance_by(most);
        }
    }
    if given.get_flag("json") {
        return json::line(&Run::of(&machine, &session, &watch));
    }
    let mut table = trace::table(&machine, &session, &watch, given.get_flag("codes"));
    let (steps, switches) = (session.steps().len(), session.switches().count());
    let _ = writeln!(
        table,
        "{} by {}; {}, {} copied by them",
        counted(steps, "step"),
        counted(machine.threads(), "thread"),
        counted(switches, "switch"),
        counted(session.copies() as usize, "value")
    );
    if !session.machine().is_over() {
        table += "The program has not come to its end.\n";
    }
    Ok(table)
}

fn counted(number: usize, of: &str) -> String {
    let ending = match number {
        1 => "",
        _ if of.ends_with("ch") => "es",
        _ => "s",
    };
    format!("{number} {of}{ending}")
}

/// A run in JSON.
#[derive(Serialize)]
struct Run<'a> {
    steps: Vec<Step<'a>>,
    switches: Vec<usize>,
    copies: u32,
    schedule: String,
    over: bool,
    #[serde(rename = "final")]
    end: Values<'a>,
}

/// A step in JSON: values after it.
#[derive(Serialize)]
struct Step<'a> {
    thread: usize,
    pc: u32,
    text: String,
    registers: Named<'a>,
    memory: Named<'a>,
    #[serde(skip_serializing_if = "Option::is_none")]
    fault: Option<String>,
}

impl Run<'_> {
    fn of<'a>(start: &Machine, session: &Session, watch: &'a Watch) -> Run<'a> {
        let step = |row: trace::Row| Step {
            thread: row.thread,
            pc: row.pc,
            text: row.text,
            registers: Named::registers(watch, &row.registers),
            memory: Named::places(watch, &row.memory),
            fault: row.fault.map(|fault| fault.to_string()),
        };
        Run {
            steps: trace::rows(start, session, watch).into_iter().map(step).collect(),
            switches: session.switches().collect(),
            copies: session.copies(),
            schedule: session.schedule().to_string(),
            over: session.machine().is_over(),
            end: Values::now(watch, session.machine()),
        }
    }
}
