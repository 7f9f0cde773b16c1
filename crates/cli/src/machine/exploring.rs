//! `interleave explore`: everything that any schedule of a program can lead to.

use super::arguments::{flag, option, with_common};
use super::json::{self, Values};
use clap::{ArgMatches, Command, value_parser};
use interleave_machine::explore::{Cut, Explorer, Kind, Natural, Outcome, Question, Report};
use interleave_machine::{Machine, Watch};
use serde::Serialize;
use std::fmt::Write;
use std::time::{Duration, Instant};

/// The command's name.
pub const NAME: &str = "explore";

/// How many states are looked at between two looks at the clock.
const SLICE: usize = 1000;

/// The command.
pub fn command() -> Command {
    let about = "Find everything that any schedule of a program can lead to, with the number of schedules that do";
    let default = Question::default();
    with_common(Command::new(NAME).about(about)).args([
        option("rounds", "N").value_parser(value_parser!(u32).range(..=100)).help(format!(
            "Count schedules with up to N rounds in vain in loops that can go on for ever [{}]",
            default.rounds
        )),
        option("states", "N")
            .value_parser(value_parser!(usize))
            .help(format!("Look at N states at most [{}]", default.states)),
        option("depth", "N").value_parser(value_parser!(u32)).help("Look no further than N steps [no limit]"),
        option("seconds", "N").value_parser(value_parser!(u64)).help("Look no longer than N seconds [10]"),
        flag("uncounted").help("Do not count schedules: fewer states are enough to find the same outcomes"),
    ])
}

/// What was found, as text or JSON.
pub fn answer(given: &ArgMatches) -> Result<String, String> {
    let (machine, watch) = super::loaded(given, false)?;
    let default = Question::default();
    let question = Question {
        watch: watch.clone(),
        counts: !given.get_flag("uncounted"),
        rounds: given.get_one("rounds").copied().unwrap_or(default.rounds),
        states: given.get_one("states").copied().unwrap_or(default.states),
        depth: given.get_one("depth").copied().unwrap_or(default.depth),
    };
    let limit = Duration::from_secs(given.get_one("seconds").copied().unwrap_or(10));
    let began = Instant::now();
    let mut explorer = Explorer::new(&machine, question);
    while began.elapsed() < limit && explorer.advance(SLICE) {}
    let report = explorer.report();
    if given.get_flag("json") {
        return json::line(&Found::of(&report, &machine, &watch));
    }
    Ok(table(&report, &machine, &watch))
}

/// The outcomes as a table, then what else there is to say.
fn table(report: &Report, machine: &Machine, watch: &Watch) -> String {
    let whole = report.schedules();
    let rows: Vec<_> = report.outcomes.iter().map(|outcome| row(outcome, watch, whole.as_ref())).collect();
    let widths: Vec<usize> =
        (0..4).map(|column| rows.iter().map(|row| row[column].chars().count()).max().unwrap_or(0)).collect();
    let mut text = String::new();
    for [values, kind, schedules, share, rest] in &rows {
        let _ = writeln!(
            text,
            "{values:<0$}  {kind:<1$}  {schedules:>2$}  {share:>3$}  {rest}",
            widths[0], widths[1], widths[2], widths[3]
        );
    }
    let _ = write!(text, "{} states", report.states);
    if let Some(whole) = whole {
        let _ = write!(text, ", {whole} schedules");
    }
    text.push('\n');
    if let Some(rounds) = report.rounds {
        let _ = writeln!(
            text,
            "Some loops can go on for ever: schedules are counted with up to {rounds} rounds in vain; bound are those with more."
        );
    }
    text += match report.cut {
        None => "",
        Some(Cut::States) => "The limit of states is reached: there is more to find.\n",
        Some(Cut::Depth) => "The limit of depth is reached: there is more to find.\n",
        Some(Cut::Early) => "The time is over: there is more to find.\n",
    };
    for violation in &report.violations {
        let assertion = &machine.program().assertions[violation.assertion];
        let _ = writeln!(text, "violated: {assertion}; first by {}", in_words(&violation.shortest.to_string()));
    }
    text
}

/// An outcome in cells: values, kind, schedules, share, the shortest schedule.
fn row(outcome: &Outcome, watch: &Watch, whole: Option<&Natural>) -> [String; 5] {
    let memories = outcome
        .memory
        .iter()
        .flat_map(|values| watch.places.iter().zip(values).map(|(place, value)| format!("{} = {value}", place.name)));
    let registers = (0..).zip(&outcome.registers).flat_map(|(thread, values): (usize, _)| {
        watch
            .registers
            .iter()
            .zip(values)
            .map(move |(register, value)| format!("{thread}.{} = {value}", register.name()))
    });
    let values: Vec<_> = memories.chain(registers).collect();
    let count = outcome.schedules.as_ref();
    let share = count.zip(whole).map(|(count, whole)| format!("{:.1} %", 100.0 * count.share_of(whole)));
    let fault = outcome.fault.map(|(thread, fault)| format!("; thread {thread}: {fault}")).unwrap_or_default();
    [
        values.join(", "),
        outcome.kind.slug().into(),
        count.map(Natural::to_string).unwrap_or_default(),
        share.unwrap_or_default(),
        format!("{}{fault}", in_words(&outcome.shortest.to_string())),
    ]
}

/// A schedule, which may have no step.
fn in_words(schedule: &str) -> &str {
    if schedule.is_empty() { "no step" } else { schedule }
}

/// What was found, in JSON.
#[derive(Serialize)]
struct Found<'a> {
    outcomes: Vec<End<'a>>,
    violations: Vec<Violation>,
    states: usize,
    edges: usize,
    #[serde(skip_serializing_if = "Option::is_none")]
    schedules: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    rounds: Option<u32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    cut: Option<&'static str>,
}

/// An outcome in JSON.
#[derive(Serialize)]
struct End<'a> {
    #[serde(flatten)]
    values: Values<'a>,
    kind: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    schedules: Option<String>,
    shortest: String,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    violated: Vec<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    fault: Option<String>,
}

/// A violation in JSON.
#[derive(Serialize)]
struct Violation {
    assertion: String,
    shortest: String,
}

impl Found<'_> {
    fn of<'a>(report: &Report, machine: &Machine, watch: &'a Watch) -> Found<'a> {
        let assertion = |place: &usize| machine.program().assertions[*place].to_string();
        let end = |outcome: &Outcome| End {
            values: Values::of(watch, &outcome.memory, &outcome.registers),
            kind: outcome.kind.slug(),
            schedules: outcome.schedules.as_ref().map(Natural::to_string),
            shortest: outcome.shortest.to_string(),
            violated: outcome.violated.iter().map(assertion).collect(),
            fault: match outcome.kind {
                Kind::Faulted => outcome.fault.map(|(thread, fault)| format!("thread {thread}: {fault}")),
                _ => None,
            },
        };
        let violation = |violation: &interleave_machine::explore::Violation| Violation {
            assertion: assertion(&violation.assertion),
            shortest: violation.shortest.to_string(),
        };
        Found {
            outcomes: report.outcomes.iter().map(end).collect(),
            violations: report.violations.iter().map(violation).collect(),
            states: report.states,
            edges: report.edges,
            schedules: report.schedules().as_ref().map(Natural::to_string),
            rounds: report.rounds,
            cut: report.cut.map(|cut| match cut {
                Cut::States => "states",
                Cut::Depth => "depth",
                Cut::Early => "time",
            }),
        }
    }
}
