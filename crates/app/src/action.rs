//! What can happen in the page, and what it then has to do besides showing its state.

use crate::handle::Handle;
use crate::state::{Line, Look, Outcome};
use interleave_labs::lab::Light;
use interleave_labs::message::{Code, FromDesk, FromEngine, Part, ToDesk, ToEngine};
use interleave_labs::query::Theme;
use interleave_labs::{Guess, Report, Value, Values};
use interleave_trace::figure::Rendered;
use std::rc::Rc;

/// Everything that can happen.
#[derive(Clone, Debug, PartialEq)]
pub enum Action {
    /// There is time for more of the page.
    ShowMore,
    /// The engine says something.
    Engine(FromEngine),
    /// The desk answers.
    Desk(FromDesk),
    /// The engine could not be loaded, broke, or does not do what it was asked.
    Lost(Code, String),
    /// The page is left. It may be kept as it is, for a reader who comes back.
    Leave,
    /// It is this page's turn to measure.
    Turn,
    /// The page can be seen, or not any more.
    Visible(bool),
    /// A recorded run is to be looked at.
    Recorded(Box<Report<Rendered>>),
    /// A file is to be looked at: its name and text.
    Open(String, Rc<str>),
    /// A file cannot be read or written: the reason for the reader.
    Refused(String),
    /// A stopped engine has not come to its end in the time in which the page promises to be ready.
    StopOverdue,
    /// The reader changes a setting.
    Change(Change),
    /// The reader folds the settings into a line, or opens them.
    Fold(bool),
    /// The reader looks at a sentence that speaks of this, or no longer.
    Light(Vec<Light>),
    /// A long text has been packed for the URL.
    Packed,
    /// The reader has not typed for a moment: there is time to look for mistakes.
    Check,
    /// The reader looks at a line of the program, or no longer.
    Line(Option<Line>),
    /// The reader wants to see this run's program.
    Code(String),
    /// The reader pressed something on the lab's board.
    Press(String),
    /// The reader pressed Run.
    Run,
    /// The reader pressed Stop.
    Stop,
    /// The reader guesses, or takes the guess back.
    Guess(Guess),
    /// The reader looks at a program, or no longer.
    Look(Option<Look>),
    /// The reader chose other colours.
    Theme(Theme),
    /// The reader has read the notices.
    DismissNotices,
}

/// What a reader changes of the settings. It says nothing of the others: two changes between two drawings are both made.
#[derive(Clone, Debug, PartialEq)]
pub enum Change {
    /// The control of this name gets this value.
    Value(String, Value),
    /// The control of this name gets this option ticked, or no longer.
    Tick(String, String),
    /// What this query string names: a preset, or what a step of the lesson has to try.
    Apply(String),
}

/// What the page has to do besides showing the state.
#[derive(Clone, Debug, PartialEq)]
pub enum Effect {
    /// Say something to the engine.
    Tell(ToEngine),
    /// Ask the desk something.
    Ask(ToDesk),
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
        /// What the fresh one has to have.
        part: Part,
    },
    /// Stop the engine's run, and see to it that word of its end comes.
    Stop,
    /// See to it that [`Action::Check`] comes once the reader stops typing.
    CheckSoon,
    /// Let the URL follow the values, once all long texts are packed.
    FollowUrl,
    /// The same if it has to follow at all: a text is packed now.
    FollowUrlAgain,
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
    /// A run begins with these values.
    Started(Handle<Values>),
    /// A run has ended.
    Result(Handle<Outcome>),
    /// A run failed or was stopped.
    Error(Code, String),
}
