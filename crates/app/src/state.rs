//! Everything the page knows, and everything that can happen to it.

use crate::place::Place;
use crate::timeline::RunView;
use interleave_labs::Notice;
use interleave_labs::compare::predict::{Prediction, Score};
use interleave_labs::compare::{Args, Mode};
use interleave_labs::message::{Code, FromEngine, ToEngine};
use interleave_labs::query::{Flags, Request, Theme};
use interleave_labs::result::{Host, Memory, ResultFile};
use std::rc::Rc;

/// What the page shows.
#[derive(Clone, Debug, PartialEq)]
pub struct State {
    /// What the reader asks for.
    pub args: Rc<Args>,
    /// How the page behaves and looks.
    pub flags: Flags,
    /// Where it runs.
    pub place: Place,
    /// What had to be corrected, until it is dismissed.
    pub notices: Rc<Vec<Notice>>,
    /// How far the page is.
    pub phase: Phase,
    /// The engine that the next run will have.
    pub engine: Engine,
    /// The timelines: of the last run, or empty ones of the chosen modes.
    pub runs: Rc<Vec<Rc<RunView>>>,
    /// What the last finished run measured.
    pub outcome: Option<Rc<Outcome>>,
    /// The reader's guess about the next run.
    pub guess: Option<Prediction>,
    /// Whether [`Event::Ready`] has been sent: once a page.
    pub announced: bool,
    /// How much of the page is there.
    pub shown: Shown,
    /// Whether it is this page's turn to measure: only one on the site does at a time.
    pub turn: bool,
    /// Whether a reader can see the page, as far as it knows.
    pub visible: bool,
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

/// How far a run is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Step {
    /// Waiting for the engine.
    Starting,
    /// The kernel is being calibrated, or a mode's workers are created.
    Preparing,
    /// This mode is measured.
    Mode(Mode),
    /// Stop was pressed.
    Stopping,
}

/// The engine that the next run will have.
#[derive(Clone, Debug, PartialEq)]
pub enum Engine {
    /// There is none, after a failure: the next press of Run loads one.
    Absent,
    /// It is loading.
    Loading,
    /// The last one has been told to stop, and is not at its end yet; the next one loads when it is.
    Ending,
    /// It is ready.
    Up(Host),
}

/// What a run measured, and how near the guess was.
#[derive(Clone, Debug, PartialEq)]
pub struct Outcome {
    /// The arguments it ran with.
    pub args: Rc<Args>,
    /// The result.
    pub result: ResultFile,
    /// The guess's score.
    pub score: Option<Score>,
    /// Where it comes from.
    pub source: Source,
}

/// A page appears in parts, for a slow phone is deaf while it works on one: what is used first comes first, and nothing moves
/// when more comes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Shown {
    /// What a run needs to be set and started.
    Settings,
    /// The empty timelines as well.
    Timelines,
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

/// Everything that can happen.
#[derive(Clone, Debug, PartialEq)]
pub enum Action {
    /// There is time for more of the page.
    ShowMore,
    /// The engine says something.
    Engine(FromEngine),
    /// The engine could not be loaded, or broke.
    Lost(Code, String),
    /// It is this page's turn to measure.
    Turn,
    /// The page can be seen, or not any more.
    Visible(bool),
    /// A result is to be looked at that was not measured here.
    Show(Box<ResultFile>, Source),
    /// A file is no result: the refusal for the reader.
    Refused(String),
    /// The engine has had half a minute to come up.
    EngineSilent,
    /// A stopped engine has not come to its end in the time in which the page promises to be ready.
    StopOverdue,
    /// A stopped engine does not come to its end.
    EngineStuck,
    /// The reader set other arguments.
    Set(Args),
    /// The reader pressed Run.
    Run,
    /// The reader pressed Stop.
    Stop,
    /// The reader guesses, or takes the guess back.
    Guess(Option<Prediction>),
    /// The reader chose other colours.
    Theme(Theme),
    /// The reader has read the notices.
    DismissNotices,
}

/// What the page has to do besides showing the state.
#[derive(Clone, Debug, PartialEq)]
pub enum Effect {
    /// Say something to the engine.
    Tell(ToEngine),
    /// See to it that [`Action::Turn`] comes.
    AskTurn,
    /// Let another page measure.
    GiveTurn,
    /// Give up the engine.
    Discard {
        /// It may still compute: the next one must wait until it no longer does.
        unclean: bool,
    },
    /// Give up the engine and load a fresh one.
    Replace {
        /// As with [`Effect::Discard`].
        unclean: bool,
    },
    /// Stop the engine's run, and see to it that word of its end comes.
    Stop,
    /// Let the URL follow the arguments.
    FollowUrl,
    /// Use the chosen colours.
    ApplyTheme,
    /// Send an event of the contract.
    Emit(Event),
}

/// The contract's events that come from the state.
#[derive(Clone, Debug, PartialEq)]
pub enum Event {
    /// The page can run.
    Ready,
    /// A run begins with these arguments.
    Started(Rc<Args>),
    /// A run has ended.
    Result(Rc<Outcome>),
    /// A run failed or was stopped.
    Error(Code, String),
}

impl State {
    /// The page as a URL's query asks for it.
    #[must_use]
    pub fn from_query(query: &str, place: Place) -> State {
        let (request, notices) = Request::from_query(query);
        // An embed loads its engine when it runs: there may be several on a page.
        let loads = place.memory != Memory::None && !request.flags.embed;
        let mut state = State {
            args: Rc::new(request.args),
            flags: request.flags,
            place,
            notices: Rc::new(notices),
            phase: if loads { Phase::Booting } else { Phase::Ready },
            engine: if loads { Engine::Loading } else { Engine::Absent },
            runs: Rc::default(),
            outcome: None,
            guess: None,
            announced: false,
            // An embed is small, and the page around it should see it grow once.
            shown: if request.flags.embed { Shown::All } else { Shown::Settings },
            turn: false,
            visible: false,
        };
        state.keep_a_mode_that_can_run();
        state.show_empty_timelines();
        state
    }

    /// The chosen modes that can run here; never none.
    #[must_use]
    pub fn modes(&self) -> Vec<Mode> {
        self.args.modes.iter().copied().filter(|mode| self.available(*mode)).collect()
    }

    /// Whether a mode can run here.
    #[must_use]
    pub fn available(&self, mode: Mode) -> bool {
        match self.place.memory {
            Memory::Shared => true,
            Memory::Separate => !mode.needs_shared_memory(),
            // None runs; the recorded run has them all.
            Memory::None => true,
        }
    }

    /// Whether anything can be measured here.
    #[must_use]
    pub fn can_run(&self) -> bool {
        self.place.memory != Memory::None
    }

    /// Whether the timelines are of other arguments than those in force.
    #[must_use]
    pub fn outdated(&self) -> bool {
        self.outcome.as_ref().is_some_and(|outcome| outcome.args != self.args)
    }

    /// Whether to ask for a guess: before the first run of these arguments, unless the page runs by itself.
    #[must_use]
    pub fn asks_for_guess(&self) -> bool {
        let idle = matches!(self.phase, Phase::Booting | Phase::Ready | Phase::Done | Phase::Failed { .. });
        let ran = self.outcome.as_ref().is_some_and(|outcome| outcome.args == self.args);
        idle && !ran && !self.flags.autorun && self.can_run() && self.modes().len() > 1
    }

    pub(crate) fn show_empty_timelines(&mut self) {
        self.runs = Rc::new(self.modes().into_iter().map(|mode| Rc::new(RunView::waiting(mode, &self.args))).collect());
    }

    /// A run needs a mode. If the URL asks only for modes that cannot run here, another one is used and named.
    pub(crate) fn keep_a_mode_that_can_run(&mut self) {
        if self.modes().is_empty() {
            let asked: Vec<_> = self.args.modes.iter().map(|mode| mode.slug()).collect();
            let text = format!(
                "modes={} cannot run here, because this page has no shared memory; sequential is used.",
                asked.join(",")
            );
            Rc::make_mut(&mut self.notices).push(Notice { argument: "modes".into(), text });
            Rc::make_mut(&mut self.args).modes = vec![Mode::Sequential];
        }
    }
}
