//! `compare`: sequential, concurrent or parallel?

mod analysis;
mod args;
mod code;
mod contradictions;
mod facts;
mod findings;
mod guess;
mod lesson;
mod mode;
mod sheet;
mod standing;

pub use analysis::ideal_us;
pub use args::Args;
pub use contradictions::contradictions;
pub use mode::Mode;
pub use standing::with_speedups;

use crate::code::{Language, Layouts, Program};
use crate::control::Control;
use crate::lab::{Lab, Measured, Story};
use crate::lesson::Step;
use crate::query::shown;
use crate::result::{Host, Run};
use crate::sheet::{Guess, Sheet};
use crate::values::Values;
use interleave_trace::Figure;
use interleave_trace::figure::{Timeline, TimelineRun};

/// The lab's name.
const SLUG: &str = "compare";

/// The lab.
#[derive(Clone, Copy, Debug)]
pub struct Compare;

impl Lab for Compare {
    const SLUG: &'static str = SLUG;
    const LESSON: &'static [Step] = lesson::LESSON;
    type Args = Args;
    type Data = ();

    fn controls() -> Vec<Control> {
        sheet::controls()
    }

    fn sheet() -> Sheet {
        sheet::sheet()
    }

    fn args(values: &Values) -> Args {
        Args::of(values)
    }

    fn accept(_args: &Args, measured: &mut Measured<()>) -> Result<(), String> {
        if let Some(run) = measured.runs.iter().find(|run| Mode::from_slug(&run.mode).is_none()) {
            return Err(format!("it has a run of “{}”, a mode this page does not know", shown(&run.mode)));
        }
        let endless = |run: &&Run| run.switch_us as f64 > standing::wall_us(run);
        if let Some(run) = measured.runs.iter().find(endless) {
            return Err(format!("in {}, its switches took longer than all of it", run.mode));
        }
        if let Some(run) = measured.runs.iter().find(|run| run.switch_us > 0 && run.context_switches == 0) {
            return Err(format!("in {}, switches took time though there were none", run.mode));
        }
        with_speedups(&mut measured.runs);
        Ok(())
    }

    fn story(args: &Args, host: &Host, measured: &Measured<()>, guess: Option<&Guess>) -> Story {
        let runs = &measured.runs;
        let facts = facts::facts(args, host, runs);
        let mut timeline = Timeline { runs: runs.iter().map(timeline_run).collect() };
        for run in &mut timeline.runs {
            run.bound_us = facts.iter().find_map(|fact| fact.bound_us(&run.slug));
        }
        let figure =
            Figure { id: "modes".to_owned(), title: String::new(), caption: String::new(), body: timeline.into() };
        let score = guess.and_then(|guess| guess::score(guess, host, runs));
        Story { figures: vec![figure], findings: findings::findings(host, runs, &facts), score }
    }

    fn program(args: &Args, slug: &str, language: Language, layouts: Layouts) -> Option<Program> {
        code::program(layouts, args, Mode::from_slug(slug)?, language)
    }
}

/// A mode's run, as the timeline shows it while others still run: without its bound.
#[must_use]
pub fn timeline_run(run: &Run) -> TimelineRun {
    let mode = Mode::from_slug(&run.mode);
    let note = match run.context_switches {
        0 => String::new(),
        1 => "1 switch".to_owned(),
        switches => format!("{switches} switches"),
    };
    let title = mode.map_or(&*run.mode, |mode| mode.name());
    TimelineRun { speedup: run.speedup, one_core: mode == Some(Mode::OneCore), ..run.drawn(title, note) }
}

#[cfg(test)]
mod tests;
