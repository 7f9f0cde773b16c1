//! The guided walks on the board: what they say, what they light up, and their question.

use super::args::Args;
use interleave_machine::Session;
use interleave_machine::walk::{Lit, Walk};
use interleave_trace::figure::{BoardCell, Button, Mark};

/// How many answers a question has to choose from.
const ANSWERS: i32 = 4;

/// Where a walk is.
pub(super) struct Tour {
    walk: &'static Walk,
    stop: usize,
    answer: Option<i32>,
}

impl Tour {
    /// The walk that the arguments ask for, and the answer to its question that was just given.
    pub(super) fn of(args: &Args, answer: Option<i32>) -> Option<Tour> {
        args.walk.map(|(walk, stop)| Tour { walk, stop, answer: answer.filter(|_| stop == walk.stops.len()) })
    }

    /// What it says here.
    pub(super) fn sentences(&self, session: &Session) -> Vec<BoardCell> {
        let stops = self.walk.stops;
        let head = format!("{} {} of {}", self.walk.title, self.stop + 1, stops.len() + 1);
        let mut sentences = vec![BoardCell::marked(head, Mark::QUIET)];
        match stops.get(self.stop) {
            Some(stop) => sentences.push(BoardCell::marked(stop.sentence(session), Mark::LIT)),
            None => sentences.push(BoardCell::marked(self.walk.question.text, Mark::LIT)),
        }
        sentences.extend(self.verdict());
        sentences
    }

    /// Whether the answer is right: the machine finds that out.
    fn verdict(&self) -> Option<BoardCell> {
        let (given, right) = (self.answer?, self.walk.answer().ok()?);
        Some(if given == right {
            BoardCell::marked(format!("Right: the machine has done it, and it is {right}."), Mark::GOOD)
        } else {
            BoardCell::marked(format!("You said {given}; the machine has done it, and it is {right}."), Mark::BAD)
        })
    }

    /// Whether its sentence speaks of one of these.
    pub(super) fn lights(&self, meant: impl Fn(Lit) -> bool) -> bool {
        self.walk.stops.get(self.stop).is_some_and(|stop| stop.lit.iter().any(|lit| meant(*lit)))
    }

    /// The steps from the last stop to the answer, once one was given.
    pub(super) fn ending(&self) -> &'static str {
        if self.answer.is_some() { self.walk.question.schedule } else { "" }
    }

    /// What can be pressed.
    pub(super) fn buttons(&self) -> Vec<Button> {
        let button = |label: String, press: String, key: &str, on: bool| Button {
            label,
            press,
            key: key.to_owned(),
            on,
            every_ms: 0,
        };
        let fixed = |label: &str, press: &str, key: &str, on| button(label.to_owned(), press.to_owned(), key, on);
        let mut buttons = vec![
            fixed("Back", "previous", "b", self.stop > 0),
            fixed("Next", "next", "n", self.stop < self.walk.stops.len()),
        ];
        if self.stop == self.walk.stops.len()
            && let Ok(right) = self.walk.answer()
        {
            let first = (right - ANSWERS / 2).max(0);
            let answers = (first..first + ANSWERS).map(|answer| {
                let key = answer.to_string();
                button(key.clone(), format!("answer={answer}"), if key.len() == 1 { &key } else { "" }, true)
            });
            buttons.extend(answers);
        }
        buttons.push(fixed("Leave the walk", "leave", "", true));
        buttons
    }
}
