//! The findings of `machine`: every number in them was found or measured.

use super::Args;
use super::board::grouped;
use super::data::{Cut, Data, End, Explored, Kind, Real};
use super::figures::{names, shown, strangers, told};
use crate::lab::Finding;
use crate::result::{Host, Memory};
use interleave_machine::Sharing;
use interleave_trace::figure::Unit;

/// The findings: `outcomes`, the headline; `violated:<place>` for each assertion that can fail; `deadlock`; `likely`, what most schedules
/// lead to, and what real threads came to; `strange`, what they showed and was not found; `given-up`, how many of their runs were;
/// `limits`; `threads` for what could not be measured. `program` alone if the program cannot be loaded.
pub(super) fn findings(args: &Args, host: &Host, data: &Data) -> Vec<Finding> {
    let Some(explored) = &data.explored else {
        let why = args.load().err().unwrap_or_else(|| "Nothing was explored.".to_owned());
        return vec![Finding::new("program", 0.0, why)];
    };
    let names = names(args);
    let real = data.real.as_ref().filter(|real| real.runs > 0);
    let mut findings = vec![headline(&names, explored, real)];
    // Assertions are about memory that is shared.
    findings.extend(violations(explored).filter(|_| args.sharing == Sharing::Memory));
    findings.extend(deadlock(explored, real));
    findings.extend(strange(data));
    findings.extend(likely(&names, explored, real));
    findings.extend(real.and_then(|real| given_up(explored, real)));
    findings.extend(limits(args, explored));
    findings.extend(no_threads(args, host));
    findings
}

fn count(count: impl Into<f64>) -> String {
    Unit::Count.write(count.into())
}

fn runs(runs: u32) -> String {
    format!("{} {}", count(runs), if runs == 1 { "run" } else { "runs" })
}

fn headline(names: &[String], explored: &Explored, real: Option<&Real>) -> Finding {
    let outcomes: Vec<&End> = explored.outcomes().collect();
    let number = outcomes.len();
    let mut text = match (&outcomes[..], explored.is_partial()) {
        ([], _) => "No outcome was found within the limits.".to_owned(),
        ([only], false) => format!("Only one outcome is possible: {}.", told(names, only)),
        (_, false) => format!("{number} outcomes are possible."),
        (_, true) => format!("At least {number} {} possible.", if number == 1 { "outcome is" } else { "outcomes are" }),
    };
    if let Some(real) = real.filter(|_| number > 0) {
        text.pop();
        let shown = shown(explored, real);
        text += &match (number, shown) {
            (1, 1) => format!(", and your machine showed it in {}.", runs(real.runs)),
            (_, 0) => format!("; your machine showed none of them in {}.", runs(real.runs)),
            _ if shown == number => format!("; your machine showed all of them in {}.", runs(real.runs)),
            _ => format!("; your machine showed {shown} of them in {}.", runs(real.runs)),
        };
    }
    Finding::new("outcomes", number as f64, text)
}

fn violations(explored: &Explored) -> impl Iterator<Item = Finding> {
    explored.violations.iter().enumerate().map(|(place, violation)| {
        let steps = violation.shortest.len();
        let text = format!(
            "“{}” can fail: after {} at the earliest, by the schedule {}.",
            violation.asserted,
            plural(steps, "step"),
            short(&violation.shortest)
        );
        Finding::new(&format!("violated:{place}"), steps as f64, text)
    })
}

fn plural(count: usize, what: &str) -> String {
    format!("{} {what}{}", Unit::Count.write(count as f64), if count == 1 { "" } else { "s" })
}

/// A schedule, or its beginning.
fn short(schedule: &str) -> String {
    const LONGEST: usize = 24;
    if schedule.len() > LONGEST { format!("{}…", &schedule[..LONGEST]) } else { schedule.to_owned() }
}

fn deadlock(explored: &Explored, real: Option<&Real>) -> Option<Finding> {
    let mut dead = explored.ends.iter().filter(|end| end.kind == Kind::Deadlock);
    let nearest = dead.clone().min_by_key(|end| end.shortest.len())?;
    let share: f64 = dead.by_ref().map(|end| end.share).sum();
    let mut text = format!(
        "A deadlock is possible: {} of the schedules end in one, the shortest after {}: {}.",
        Unit::Share.write(share),
        plural(nearest.shortest.len(), "step"),
        short(&nearest.shortest)
    );
    if let Some(real) = real {
        text += &match real.unfinished {
            0 => " No real run got into it.".to_owned(),
            some => format!(" {} of {} on real threads went on and on.", count(some), runs(real.runs)),
        };
    }
    Some(Finding::new("deadlock", share, text))
}

/// What real threads showed although it is no outcome: possible only if the search was not complete.
fn strange(data: &Data) -> Option<Finding> {
    let seen: u32 = strangers(data).iter().map(|(_, count)| count).sum();
    (seen > 0).then(|| {
        let partial = data.explored.as_ref().is_some_and(|explored| explored.is_partial() || explored.rounds.is_some());
        let why = if partial {
            "the exploration did not come so far"
        } else {
            "which must not happen: something is wrong with this program"
        };
        Finding::new("strange", seen.into(), format!("{} ended in a way that was not found: {why}.", runs(seen)))
    })
}

/// What most schedules lead to, and what real threads mostly came to.
fn likely(names: &[String], explored: &Explored, real: Option<&Real>) -> Option<Finding> {
    let outcomes: Vec<&End> = explored.outcomes().collect();
    if outcomes.len() < 2 {
        return None;
    }
    let most = outcomes.iter().copied().max_by(|one, other| one.share.total_cmp(&other.share))?;
    let mut text = format!(
        "Of {} schedules, {} lead to {} ({}).",
        grouped(&explored.schedules),
        grouped(&most.schedules),
        told(names, most),
        Unit::Share.write(most.share)
    );
    if let Some(real) = real {
        let often = outcomes.iter().copied().max_by_key(|end| real.count(end))?;
        let share = |end: &End| Unit::Share.write(f64::from(real.count(end)) / f64::from(real.runs));
        text += &if often.memory == most.memory && often.kind == most.kind {
            format!(" So did {} of the real runs.", share(often))
        } else if real.count(often) > 0 {
            format!(" Real threads mostly came to {} ({}).", told(names, often), share(often))
        } else {
            String::new()
        };
    }
    Some(Finding::new("likely", most.share, text))
}

/// Real runs that did not end although they could.
fn given_up(explored: &Explored, real: &Real) -> Option<Finding> {
    let dead = explored.ends.iter().any(|end| end.kind == Kind::Deadlock);
    (real.unfinished > 0 && !dead).then(|| {
        let (given_up, all) = (count(real.unfinished), runs(real.runs));
        let text =
            format!("{given_up} of {all} on real threads were given up, because one went on and on without an end.");
        Finding::new("given-up", real.unfinished.into(), text)
    })
}

fn limits(args: &Args, explored: &Explored) -> Option<Finding> {
    let states = Unit::Count.write(explored.states.into());
    let text = match explored.cut {
        Some(Cut::States) => format!("The exploration ended at its limit of {states} states: there are more."),
        Some(Cut::Depth) => {
            format!("The exploration went {} steps deep, which is its limit: there is more below.", count(args.depth))
        }
        Some(Cut::Time) => format!(
            "The exploration ended after {}, which is its limit: it has seen {states} states, and there are more.",
            plural(args.seconds as usize, "second")
        ),
        None => match explored.rounds {
            Some(rounds) => format!(
                "A loop can go on for ever here: schedules are counted up to {} in vain; all {states} states were seen.",
                plural(rounds as usize, "round")
            ),
            None => return None,
        },
    };
    Some(Finding::new("limits", explored.states.into(), text))
}

fn no_threads(args: &Args, host: &Host) -> Option<Finding> {
    let text = if args.sharing == Sharing::Nothing {
        "Processes share nothing, so real ones cannot disturb each other either: only the model ran."
    } else if host.memory != Memory::Shared {
        "Real threads need shared memory, which this page does not have: only the model ran."
    } else {
        return None;
    };
    Some(Finding::new("threads", 0.0, text.to_owned()))
}
