//! Every interleaving: what the explorer finds, in this lab's words.

use super::args::{Args, Loaded};
use super::board::asserted;
use super::data::{Cut, End, Explored, Kind, Violation};
use interleave_machine::explore::{self, Explorer, Natural, Outcome, Question, Report};

/// How many states are looked at at once: a millisecond's work, or less.
const CHUNK: usize = 500;

/// A search for everything that any schedule can lead to.
pub struct Search {
    loaded: Loaded,
    explorer: Explorer,
}

impl Search {
    /// Begins.
    ///
    /// # Errors
    /// What is wrong with the program, for the reader.
    pub fn of(args: &Args) -> Result<Search, String> {
        let loaded = args.load()?;
        let question = Question {
            watch: loaded.watch.clone(),
            counts: true,
            rounds: args.rounds,
            states: args.states as usize,
            depth: args.depth,
        };
        let explorer = Explorer::new(&loaded.machine, question);
        Ok(Search { loaded, explorer })
    }

    /// Looks at more states: about a millisecond's work. Returns whether there are others to be looked at.
    pub fn advance(&mut self) -> bool {
        self.explorer.advance(CHUNK)
    }

    /// What has been found so far.
    #[must_use]
    pub fn explored(&self) -> Explored {
        told(&self.loaded, &self.explorer.report())
    }
}

fn told(loaded: &Loaded, report: &Report) -> Explored {
    let all = report.schedules().unwrap_or_default();
    let violation = |violation: &explore::Violation| {
        let assertion = &loaded.machine.program().assertions[violation.assertion];
        Violation { asserted: asserted(assertion), shortest: violation.shortest.to_string() }
    };
    // What is violated on the way does not tell outcomes apart here: real threads do not see it.
    // Nor does what memory holds where a schedule was followed no further.
    let same = |one: &Outcome, other: &Outcome| {
        one.kind == other.kind && (one.kind == explore::Kind::Bound || one.memory == other.memory)
    };
    let mut groups: Vec<Vec<&Outcome>> = Vec::new();
    for outcome in &report.outcomes {
        match groups.iter_mut().find(|group| same(group[0], outcome)) {
            Some(group) => group.push(outcome),
            None => groups.push(vec![outcome]),
        }
    }
    let mut ends: Vec<End> = groups.iter().map(|group| end(group, &all)).collect();
    ends.sort_by(|one, other| (one.kind, &one.memory).cmp(&(other.kind, &other.memory)));
    Explored {
        ends,
        violations: report.violations.iter().map(violation).collect(),
        schedules: all.to_string(),
        states: report.states as u32,
        steps: report.edges as u32,
        cut: report.cut.map(|cut| match cut {
            explore::Cut::States => Cut::States,
            explore::Cut::Depth => Cut::Depth,
            explore::Cut::Early => Cut::Time,
        }),
        rounds: report.rounds,
        took_us: 0,
    }
}

/// Outcomes that differ but in what was violated, as one.
fn end(group: &[&Outcome], all: &Natural) -> End {
    let sum = |violating: bool| {
        let mut sum = Natural::default();
        let wanted = group.iter().filter(|outcome| !violating || !outcome.violated.is_empty());
        wanted.filter_map(|outcome| outcome.schedules.as_ref()).for_each(|count| sum.add(count));
        sum
    };
    let shortest = group.iter().min_by_key(|outcome| outcome.shortest.len()).unwrap_or(&group[0]);
    End {
        kind: match shortest.kind {
            explore::Kind::Halted => Kind::Halted,
            explore::Kind::Faulted => Kind::Fault,
            explore::Kind::Deadlock => Kind::Deadlock,
            explore::Kind::Bound => Kind::Bound,
        },
        memory: shortest.memory.clone(),
        schedules: sum(false).to_string(),
        share: sum(false).share_of(all),
        violating: sum(true).share_of(all),
        shortest: shortest.shortest.to_string(),
        fault: shortest.fault.map(|(thread, fault)| format!("{thread}: {fault}")),
    }
}
