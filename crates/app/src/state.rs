//! Everything the page knows.

use crate::handle::Handle;
use crate::place::Place;
use crate::timeline::{RunPhase, RunView};
use interleave_labs::code::{Language, Program};
use interleave_labs::control::{Choice, Control};
use interleave_labs::lab::Light;
use interleave_labs::message::{Code, Part};
use interleave_labs::query::{Flags, Request};
use interleave_labs::result::{Host, Memory};
use interleave_labs::sheet::{Answers, Blank};
use interleave_labs::{Guess, Mark, Notice, Report, Sheet, Values};
use interleave_trace::figure::Rendered;

/// What the page shows.
#[derive(Clone, Debug, PartialEq)]
pub struct State {
    /// The lab.
    pub sheet: Handle<Sheet>,
    /// What the reader asks for.
    pub values: Handle<Values>,
    /// How the page behaves and looks.
    pub flags: Flags,
    /// Where it runs.
    pub place: Place,
    /// What had to be corrected, until it is dismissed.
    pub notices: Handle<Vec<Notice>>,
    /// How far the page is.
    pub phase: Phase,
    /// The engine that the next run will have.
    pub engine: Engine,
    /// Presses on the board that wait for the answers to those before.
    pub presses: Vec<String>,
    /// How many presses the engine has not answered.
    pub unanswered: u32,
    /// The figures: of the last run, or room for those of the next.
    pub figures: Handle<Vec<Slot>>,
    /// What the last finished run measured.
    pub outcome: Option<Handle<Outcome>>,
    /// The reader's guess about the next run.
    pub guess: Guess,
    /// What was in force when Run was last pressed: what is set afterwards is for the next run.
    pub asked: Asked,
    /// The name of the file that the desk reads.
    pub file: Option<String>,
    /// The program that the reader looks at.
    pub look: Option<Handle<Look>>,
    /// Its text.
    pub written: Written,
    /// Whether [`Event::Ready`](crate::action::Event::Ready) has been sent: once a page.
    pub announced: bool,
    /// How much of the page is there.
    pub shown: Shown,
    /// Whether the settings are folded into a line, where the page is narrow.
    pub folded: bool,
    /// What is lit up in the figures, because the reader looks at a sentence that speaks of it.
    pub lit: Handle<Vec<Light>>,
    /// How often texts have been packed for the URL.
    pub packed: u32,
    /// What is wrong with the texts that the reader writes, as far as the engine has told.
    pub marks: Handle<Vec<Mark>>,
    /// How many times the engine has been asked to check them, and has not answered.
    pub unchecked: u32,
    /// The line of the reader's program that is looked at.
    pub line: Option<Line>,
    /// The program that was asked for last from a row, and how often one was.
    pub code: (String, u32),
    /// Whether it is this page's turn to measure: only one on the site does at a time.
    pub turn: bool,
    /// Whether a reader can see the page, as far as it knows.
    pub visible: bool,
}

/// The place of a figure.
#[derive(Clone, Debug, PartialEq)]
pub enum Slot {
    /// Runs on a time axis, those to come among them.
    Timeline {
        /// The heading; empty for none.
        title: String,
        /// How to read it; empty for nothing.
        caption: String,
        /// The control that says what runs, if its boxes stand in the rows: then there is a row for each of its options.
        ticks: Option<String>,
        /// The runs.
        runs: Handle<Vec<Handle<RunView>>>,
    },
    /// Any other figure.
    Figure(Handle<Rendered>),
    /// Room for one that there is not yet.
    Room {
        /// Its heading.
        title: String,
        /// How to read it.
        caption: String,
        /// About how high it will be, in pixels: on a wide page, and on a phone.
        height: [u32; 2],
    },
}

/// How far the page is.
#[derive(Clone, Debug, PartialEq)]
pub enum Phase {
    /// The first engine is loading; Run waits for it.
    Booting,
    /// Nothing has run yet, or the last run was stopped.
    Ready,
    /// A run goes on.
    Running(Step),
    /// A run has ended.
    Done,
    /// A run, or loading the engine, failed.
    Failed {
        /// What went wrong, for programs.
        code: Code,
        /// What went wrong, for the reader.
        message: String,
    },
}

/// What the desk makes of a program that the reader looks at.
#[derive(Clone, Debug, PartialEq)]
pub enum Written {
    /// It has not answered yet.
    Awaited,
    /// It could not be loaded.
    Failed,
    /// The program.
    Done(Handle<Program>),
}

/// How far a run is.
#[derive(Clone, Debug, PartialEq)]
pub enum Step {
    /// Waiting for the engine, or for this page's turn.
    Starting,
    /// A part of the measurement goes on.
    Measuring {
        /// What it is.
        label: String,
        /// How much of the run is done, from 0 to 1.
        share: f64,
        /// About how long all of the rest takes, in microseconds; 0 if that cannot be told yet.
        left_us: u64,
    },
    /// Stop was pressed.
    Stopping,
}

/// The engine: where it is the whole one, that which the next run will have.
#[derive(Clone, Debug, PartialEq)]
pub enum Engine {
    /// There is none, after a failure: the next press of Run loads one.
    Absent,
    /// It is loading.
    Loading(Part),
    /// The last one has been told to stop, and is not at its end yet; the next one loads when it is.
    Ending,
    /// It is ready.
    Up(Host, Part),
}

impl Engine {
    /// Whether a run need ask for no other: it can run, or is the last one, after which the next one comes by itself.
    #[must_use]
    pub fn is_for_runs(&self) -> bool {
        matches!(self, Engine::Loading(Part::Whole) | Engine::Up(_, Part::Whole) | Engine::Ending)
    }
}

/// What a run is asked.
#[derive(Clone, Debug, PartialEq)]
pub struct Asked {
    /// The values it runs with.
    pub values: Handle<Values>,
    /// The reader's guess about it, if there is one.
    pub guess: Option<Guess>,
}

/// What a run measured.
#[derive(Clone, Debug, PartialEq)]
pub struct Outcome {
    /// The values it ran with.
    pub values: Handle<Values>,
    /// What it came to, but for the figures, which are [`State::figures`].
    pub report: Report<Rendered>,
    /// Where it comes from.
    pub source: Source,
}

/// The page appears in parts, because a slow phone does not react while it draws one. What is used first comes first,
/// and nothing moves when more comes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Shown {
    /// What a run needs to be set and started.
    Settings,
    /// The empty figures as well.
    Figures,
    /// All of it.
    All,
}

/// Where a result comes from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Source {
    /// Measured here.
    Measured,
    /// Recorded by us, for places where nothing can be measured.
    Recorded,
    /// Read from a file of this name.
    File(String),
}

/// A line of the reader's own program, from 1, and where it is looked at.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Line {
    /// In the text, by caret or pointer: its spans are lit up.
    Text(u32),
    /// In a timeline, at a span: the text's line is lit up.
    Span(u32),
}

/// A program that the reader looks at.
#[derive(Clone, Debug, PartialEq)]
pub struct Look {
    /// Which one, as the sheet names it.
    pub program: String,
    /// In which language.
    pub language: Language,
    /// What programs are written with, by name.
    pub layouts: Handle<Vec<(String, String)>>,
}

impl State {
    /// The page as a URL's query asks for it, for the lab of `sheet`, which is one of `labs`.
    #[must_use]
    pub fn from_query(query: &str, sheet: Handle<Sheet>, labs: &[&str], place: Place) -> State {
        let (request, notices) = Request::from_query(query, &sheet, labs);
        // An embed loads its engine when it runs: there may be several on a page. But a board is nothing without it.
        let embed = request.flags.embed;
        let loads = place.memory != Memory::None && (sheet.board || !embed);
        // As `boot.js` chooses, too.
        let first = if sheet.board && !request.flags.autorun { Part::Board } else { Part::Whole };
        let values = Handle::new(request.values);
        let mut state = State {
            sheet,
            asked: Asked { values: values.clone(), guess: None },
            values,
            flags: request.flags,
            place,
            notices: Handle::new(notices),
            phase: if loads { Phase::Booting } else { Phase::Ready },
            engine: if loads { Engine::Loading(first) } else { Engine::Absent },
            presses: Vec::new(),
            unanswered: 0,
            figures: Handle::default(),
            outcome: None,
            guess: Guess::default(),
            file: None,
            look: None,
            written: Written::Awaited,
            announced: false,
            // An embed is small, and the page around it should see it grow once.
            shown: if embed { Shown::All } else { Shown::Settings },
            folded: embed,
            lit: Handle::default(),
            packed: 0,
            marks: Handle::default(),
            unchecked: 0,
            line: None,
            code: (String::new(), 0),
            turn: false,
            visible: false,
        };
        state.keep_something_that_can_run();
        state.show_room();
        state
    }

    /// The values that a run here has: without what needs shared memory, where there is none.
    #[must_use]
    pub fn runnable(&self) -> Values {
        match self.place.memory {
            Memory::Separate => self.sheet.without_shared_memory(&self.values).0,
            // Where nothing can run, the recorded run has everything.
            Memory::Shared | Memory::None => Values::clone(&self.values),
        }
    }

    /// Whether anything can be measured here.
    #[must_use]
    pub fn can_run(&self) -> bool {
        match self.place.memory {
            Memory::Shared => true,
            Memory::Separate => !self.sheet.needs_shared_memory,
            Memory::None => false,
        }
    }

    /// Whether the run that goes on, or else the one that is shown, has other values than those in force.
    #[must_use]
    pub fn outdated(&self) -> bool {
        let ran_with = match self.phase {
            Phase::Running(_) => Some(&self.asked.values),
            _ => self.outcome.as_ref().map(|outcome| &outcome.values),
        };
        ran_with.is_some_and(|values| !self.sheet.runs_alike(values, &self.runnable()))
    }

    /// Whether something on the lab's board can be pressed now.
    #[must_use]
    pub fn takes_presses(&self) -> bool {
        self.sheet.board && self.place.memory != Memory::None && !matches!(self.phase, Phase::Running(_))
    }

    /// Whether the reader writes in a language, in which the engine finds mistakes.
    #[must_use]
    pub fn has_code(&self) -> bool {
        self.sheet.controls.iter().any(Control::is_code)
    }

    /// The line that the reader looks at, if the lines of what ran are still those of the text.
    #[must_use]
    pub fn line_of_run(&self) -> Option<Line> {
        let ran = self.outcome.as_ref().map_or(&self.asked.values, |outcome| &outcome.values);
        let mut code = self.sheet.controls.iter().filter(|control| control.is_code());
        self.line.filter(|_| code.all(|control| ran.text(&control.name) == self.values.text(&control.name)))
    }

    /// The sentence that says most of what was measured last.
    #[must_use]
    pub fn headline(&self) -> Option<&str> {
        let report = &self.outcome.as_ref()?.report;
        report.findings.get(report.doubts as usize).map(|finding| finding.text.as_str())
    }

    /// Whether the headline stands above the figures; if not, as where a guess is asked for, it is the first of the findings below.
    #[must_use]
    pub fn shows_headline(&self) -> bool {
        let measured = self.outcome.as_ref().is_some_and(|outcome| outcome.source == Source::Measured);
        measured && !self.asks_for_guess()
    }

    /// Whether to ask for a guess: before the first run of these values, unless the page runs by itself.
    #[must_use]
    pub fn asks_for_guess(&self) -> bool {
        let idle = !matches!(self.phase, Phase::Running(_));
        let ran = self.outcome.is_some() && !self.outdated();
        let enough = match &self.sheet.prediction.answers {
            Answers::Ticked(control) => self.runnable().ticks(control).len() > 1,
            Answers::List(_) | Answers::None => true,
        };
        idle && !ran && !self.flags.autorun && self.can_run() && enough
    }

    /// How much of the run that goes on is done, from 0 to 1, and about how long the rest takes, in microseconds.
    #[must_use]
    pub fn progress(&self) -> Option<(f64, u64)> {
        let Phase::Running(Step::Measuring { share, left_us, .. }) = self.phase else { return None };
        let live = self.runs().find(|run| run.is_live()).map_or(0, |run| run.wall_us);
        let done = (live as f64 / left_us.max(1) as f64).min(0.99);
        Some((share + (1.0 - share) * done, left_us.saturating_sub(live)))
    }

    /// The runs of all timelines.
    pub(crate) fn runs(&self) -> impl Iterator<Item = &Handle<RunView>> {
        self.figures.iter().flat_map(|slot| match slot {
            Slot::Timeline { runs, .. } => runs.as_slice(),
            _ => &[],
        })
    }

    /// Room for the figures of the next run.
    pub(crate) fn show_room(&mut self) {
        let values = self.runnable();
        let board = self.figures.first().filter(|_| self.sheet.board).cloned();
        let slots = self.sheet.blanks.iter().enumerate().map(|(place, blank)| match blank {
            Blank::Timeline(control) => self.rows(place, control, &values),
            Blank::Room { title, caption, height } | Blank::Beside { title, caption, height } => {
                Slot::Room { title: title.clone(), caption: caption.clone(), height: *height }
            }
        });
        let mut slots: Vec<Slot> = slots.collect();
        if let (Some(first), Some(board)) = (slots.first_mut(), board) {
            *first = board;
        }
        self.figures = Handle::new(slots);
    }

    /// The rows of a run to come, at `place` among the figures. Where they come first, what runs is ticked in them.
    pub(crate) fn rows(&self, place: usize, control: &str, values: &Values) -> Slot {
        let first = place == 0;
        let options = self.sheet.control(control).map_or(&[][..], |control| control.options()).iter();
        let row = |option: &Choice| {
            let phase = if values.ticks(control).contains(&option.slug) { RunPhase::Waiting } else { RunPhase::Off };
            let run = || RunView { of_tasks: !self.sheet.has_editor(), ..RunView::of(option, values, phase) };
            (first || phase != RunPhase::Off).then(|| Handle::new(run()))
        };
        Slot::Timeline {
            title: String::new(),
            caption: String::new(),
            ticks: first.then(|| control.to_owned()),
            runs: Handle::new(options.filter_map(row).collect()),
        }
    }

    /// If the URL asks only for what cannot run here, something else is used and named.
    fn keep_something_that_can_run(&mut self) {
        if self.place.memory != Memory::Separate {
            return;
        }
        let (runnable, emptied) = self.sheet.without_shared_memory(&self.values);
        for name in emptied {
            let used = runnable.ticks(&name).first().map_or_else(|| runnable.choice(&name), String::as_str);
            let text = format!(
                "{name}: what was asked for cannot run here, because this page has no shared memory; {used} is used."
            );
            self.notices.change().push(Notice { argument: name.clone(), text });
            if let (Some(control), Some(value)) = (self.sheet.control(&name), runnable.get(&name)) {
                self.values.change().set(control, value.clone());
            }
        }
    }
}
