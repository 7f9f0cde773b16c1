//! One run as the timelines show it.

use interleave_labs::Values;
use interleave_labs::control::{Choice, Lanes};
use interleave_trace::figure::TimelineRun;
use interleave_trace::{Lane, Span, Subject};
use std::rc::Rc;

/// One run: waiting, live, or over.
#[derive(Clone, Debug, PartialEq)]
pub struct RunView {
    /// Its name for programs.
    pub slug: String,
    /// Its full name.
    pub title: String,
    /// Its short name, which its row has.
    pub name: String,
    /// What it does, in a few words.
    pub tag: String,
    /// A note beside its time.
    pub note: String,
    /// Whether it needs threads that share one memory.
    pub needs_shared_memory: bool,
    /// How far it is.
    pub phase: RunPhase,
    /// How many rows it will have, so that the page keeps room.
    pub expected_rows: u32,
    /// Whether it can also be drawn by core.
    pub one_core: bool,
    /// The lanes.
    pub lanes: Rc<[Lane]>,
    /// The spans that have ended.
    pub spans: Rc<Vec<Span>>,
    /// Whether its spans are of tasks, rather than of threads that the reader's program starts.
    pub of_tasks: bool,
    /// What spans are about, in a run of a program instead of tasks.
    pub subjects: Rc<[Subject]>,
    /// The spans that are still open.
    pub open: Vec<Span>,
    /// How long it has taken, in microseconds.
    pub wall_us: u64,
    /// The shortest time in which it could have been done, in microseconds; nothing where none can be told.
    pub bound_us: Option<u64>,
    /// How many times as fast as the run it is compared with.
    pub speedup: Option<f64>,
}

/// How far a run is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RunPhase {
    /// It is not to run.
    Off,
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
            RunPhase::Off => "off",
            RunPhase::Waiting => "waiting",
            RunPhase::Live => "live",
            RunPhase::Done => "done",
            RunPhase::Stopped => "stopped",
        }
    }
}

impl RunView {
    /// A run of `option` that has not begun, or is not to run.
    #[must_use]
    pub fn of(option: &Choice, values: &Values, phase: RunPhase) -> RunView {
        let expected_rows = match &option.lanes {
            Lanes::Fixed(count) => *count,
            Lanes::Control(name) => values.number(name),
        };
        RunView {
            slug: option.slug.clone(),
            title: option.name.clone(),
            name: option.short.clone(),
            tag: option.tag.clone(),
            needs_shared_memory: option.needs_shared_memory,
            note: String::new(),
            phase,
            expected_rows,
            one_core: false,
            lanes: Rc::new([]),
            spans: Rc::default(),
            of_tasks: true,
            subjects: Rc::new([]),
            open: vec![],
            wall_us: 0,
            bound_us: None,
            speedup: None,
        }
    }

    /// The same run, once it has been measured. It keeps its room, so that nothing moves.
    #[must_use]
    pub fn measured(&self, run: TimelineRun) -> RunView {
        RunView {
            slug: run.slug,
            title: run.title,
            name: self.name.clone(),
            tag: self.tag.clone(),
            needs_shared_memory: self.needs_shared_memory,
            note: run.note,
            phase: RunPhase::Done,
            expected_rows: self.expected_rows,
            one_core: run.one_core,
            lanes: run.lanes.into(),
            spans: Rc::new(run.spans),
            of_tasks: run.subjects.is_empty(),
            subjects: run.subjects.into(),
            open: vec![],
            wall_us: run.wall_us,
            bound_us: run.bound_us,
            speedup: run.speedup,
        }
    }

    /// What the span of this task is about; nothing in a run of tasks.
    #[must_use]
    pub fn subject(&self, task: u32) -> Option<&Subject> {
        self.subjects.get(task as usize)
    }

    /// Whether it has spans at this line of the program.
    #[must_use]
    pub fn has_line(&self, line: u32) -> bool {
        let at: Vec<bool> = self.subjects.iter().map(|subject| subject.line == line).collect();
        at.contains(&true) && self.spans.iter().any(|span| at.get(span.task as usize) == Some(&true))
    }

    /// Whether it goes on.
    #[must_use]
    pub fn is_live(&self) -> bool {
        self.phase == RunPhase::Live
    }

    /// It begins, with these lanes.
    pub fn begin(&mut self, lanes: Vec<Lane>) {
        self.lanes = lanes.into();
        self.phase = RunPhase::Live;
    }

    /// Updates it to `now_us`: `ended` spans have ended since the last update, `open` ones are still open.
    pub fn record(&mut self, now_us: u64, ended: Vec<Span>, open: Vec<Span>) {
        Rc::make_mut(&mut self.spans).extend(ended);
        self.open = open;
        self.wall_us = now_us;
    }

    /// It ends here, unfinished.
    pub fn stop(&mut self) {
        let open = std::mem::take(&mut self.open);
        Rc::make_mut(&mut self.spans).extend(open);
        self.phase = RunPhase::Stopped;
    }
}
