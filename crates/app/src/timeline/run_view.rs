//! One mode's run as the timelines show it.

use interleave_labs::compare::{Args, Mode};
use interleave_labs::result::Run;
use interleave_trace::{Lane, Span};
use std::rc::Rc;

/// One mode's run: to come, going on, or over.
#[derive(Clone, Debug, PartialEq)]
pub struct RunView {
    /// The mode's slug.
    pub mode: &'static str,
    /// The mode's name.
    pub title: &'static str,
    /// How far it is.
    pub phase: RunPhase,
    /// Rows it will have, so that the page keeps room for them.
    pub expected_rows: u32,
    /// The lanes.
    pub lanes: Rc<[Lane]>,
    /// The spans that have ended.
    pub spans: Rc<Vec<Span>>,
    /// The spans that go on.
    pub open: Vec<Span>,
    /// How long it has taken, in microseconds.
    pub wall_us: u64,
    /// Over the sequential run of the same press of Run.
    pub speedup: Option<f64>,
    /// Of the tasks' results.
    pub checksum: String,
    /// Hand-overs of the core from task to task.
    pub context_switches: u64,
    /// What they took in all, in microseconds.
    pub switch_us: u64,
}

/// How far a mode's run is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RunPhase {
    /// It has not begun.
    Waiting,
    /// It goes on.
    Live,
    /// It has been measured.
    Done,
    /// It was stopped half-way.
    Stopped,
}

impl RunPhase {
    /// Its name, for the style sheet.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            RunPhase::Waiting => "waiting",
            RunPhase::Live => "live",
            RunPhase::Done => "done",
            RunPhase::Stopped => "stopped",
        }
    }
}

impl RunView {
    /// A run of `mode` that has not begun.
    #[must_use]
    pub fn waiting(mode: Mode, args: &Args) -> RunView {
        let expected_rows = match mode {
            Mode::Sequential => 1,
            Mode::EventLoop | Mode::OneCore | Mode::Threads | Mode::Processes => args.tasks,
            Mode::Pool => args.pool,
        };
        RunView {
            mode: mode.slug(),
            title: mode.name(),
            phase: RunPhase::Waiting,
            expected_rows,
            lanes: Rc::new([]),
            spans: Rc::default(),
            open: vec![],
            wall_us: 0,
            speedup: None,
            checksum: String::new(),
            context_switches: 0,
            switch_us: 0,
        }
    }

    /// A run that has been measured; `None` if it is of no mode known here.
    #[must_use]
    pub fn measured(run: &Run, args: &Args) -> Option<RunView> {
        let mut view = RunView::waiting(Mode::from_slug(&run.mode)?, args);
        view.finish(run);
        view.speedup = run.speedup;
        Some(view)
    }

    /// Takes over what a finished run measured, except for its speed-up.
    pub fn finish(&mut self, run: &Run) {
        self.phase = RunPhase::Done;
        self.lanes = run.lanes.as_slice().into();
        self.spans = Rc::new(run.spans.clone());
        self.open = vec![];
        self.wall_us = (run.wall_ms * 1000.0).round() as u64;
        self.checksum.clone_from(&run.checksum);
        self.context_switches = run.context_switches;
        self.switch_us = run.switch_us;
    }

    /// The run as the result has it.
    #[must_use]
    pub fn to_run(&self) -> Run {
        Run {
            mode: self.mode.to_owned(),
            wall_ms: self.wall_us as f64 / 1000.0,
            speedup: self.speedup,
            checksum: self.checksum.clone(),
            context_switches: self.context_switches,
            switch_us: self.switch_us,
            lanes: self.lanes.to_vec(),
            spans: self.spans.to_vec(),
            output: vec![],
        }
    }
}
