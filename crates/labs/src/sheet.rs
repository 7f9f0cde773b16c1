//! A lab's sheet: what the page shows before a run. Pure data, which the build writes to a file.

use crate::control::{Control, Kind};
use crate::plan::Plan;
use crate::values::{Value, Values};
use serde::{Deserialize, Serialize};

/// A lab's sheet.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Sheet {
    /// Its name in the URL and on the command line.
    pub slug: String,
    /// Its name on the page, in a word or two.
    pub name: String,
    /// The question it answers.
    pub question: String,
    /// What a reader does here and sees, in a sentence or two.
    pub lead: String,
    /// Whether nothing here can run without threads that share memory.
    pub needs_shared_memory: bool,
    /// Whether its first figure is a board, which there is before a run, and which can be pressed.
    pub board: bool,
    /// What can be set, in the order of the page and of the URL.
    pub controls: Vec<Control>,
    /// Settings worth trying.
    pub presets: Vec<Preset>,
    /// What the reader is asked before the first run.
    pub prediction: Prediction,
    /// The room for each figure, in order.
    pub blanks: Vec<Blank>,
    /// The programs that do the same: their slugs and names, in the order of the page.
    pub programs: Vec<(String, String)>,
}

/// Settings worth trying.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Preset {
    /// The name on the page.
    pub name: String,
    /// Why they are worth trying.
    pub hint: String,
    /// The values that it sets, as a query string; all others stay as they are.
    pub query: String,
}

/// A question to answer before the first run.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Prediction {
    /// The question: `Which will be fastest?`
    pub question: String,
    /// Answers to choose from.
    pub answers: Answers,
    /// A number to guess as well, or alone.
    pub number: Option<GuessedNumber>,
}

/// Answers to choose from.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum Answers {
    /// None: only a number is asked for.
    None,
    /// What is ticked in this control.
    Ticked(String),
    /// These: slug and words.
    List(Vec<(String, String)>),
}

/// A number to guess, within a sentence.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct GuessedNumber {
    /// The words before it: `It will be`.
    pub before: String,
    /// The words after it: `times as fast as the slowest.`
    pub after: String,
    /// The smallest.
    pub min: f64,
    /// The largest.
    pub max: f64,
    /// The initial value.
    pub default: f64,
}

/// A reader's answer to a [`Prediction`].
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Guess {
    /// The slug of the chosen answer.
    pub answer: Option<String>,
    /// The guessed number.
    pub number: Option<f64>,
}

/// Room that the page keeps for a figure to come.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Blank {
    /// A timeline with a run for each option ticked in this control.
    Timeline(String),
    /// A figure that stands beside the code, where the reader writes code.
    Beside {
        /// Its heading.
        title: String,
        /// How to read it.
        caption: String,
        /// About how high it will be, in pixels: on a wide page, and on a phone.
        height: [u32; 2],
    },
    /// Any other figure.
    Room {
        /// Its heading.
        title: String,
        /// How to read it.
        caption: String,
        /// About how high it will be, in pixels: on a wide page, and on a phone.
        height: [u32; 2],
    },
}

impl Preset {
    /// Settings worth trying.
    #[must_use]
    pub fn new(name: &str, hint: &str, query: &str) -> Preset {
        Preset { name: name.to_owned(), hint: hint.to_owned(), query: query.to_owned() }
    }
}

impl Sheet {
    /// The values with those changed that `query` names: a preset's, or those to try in a lesson. A plan is dropped if any of the
    /// numbers are named that it replaces.
    #[must_use]
    pub fn applied(&self, query: &str, values: &Values) -> Values {
        let (asked, _) = Values::from_query(&self.controls, query);
        let named = |name: &str| query.split('&').any(|pair| pair.split('=').next() == Some(name));
        let mut changed = values.clone();
        for control in &self.controls {
            let replaced = matches!(&control.kind, Kind::Plan { tasks, sleep, cpu }
                if [tasks, sleep, cpu].into_iter().any(|name| named(name)));
            if let Some(value) = asked.get(&control.name).filter(|_| replaced || named(&control.name)) {
                changed.set(control, value.clone());
            }
        }
        changed
    }

    /// Whether a run does the same with other values: whether they differ only in what a reader looks at.
    #[must_use]
    pub fn runs_alike(&self, values: &Values, others: &Values) -> bool {
        self.controls.iter().all(|control| control.view || values.get(&control.name) == others.get(&control.name))
    }

    /// Whether a reader writes code here beside the figures.
    #[must_use]
    pub fn has_editor(&self) -> bool {
        self.controls.iter().any(|control| control.is_code() && !control.more)
    }

    /// The control called `name`.
    #[must_use]
    pub fn control(&self, name: &str) -> Option<&Control> {
        self.controls.iter().find(|control| control.name == name)
    }

    /// The plan in force, and the control that it belongs to.
    #[must_use]
    pub fn plan<'a>(&self, values: &'a Values) -> Option<&'a Plan> {
        self.controls.iter().find_map(|control| values.plan(&control.name))
    }

    /// Whether a control says nothing now, because a plan stands in its place.
    #[must_use]
    pub fn is_replaced(&self, name: &str, values: &Values) -> bool {
        self.controls.iter().any(|control| match &control.kind {
            Kind::Plan { tasks, sleep, cpu } => {
                [tasks, sleep, cpu].into_iter().any(|known| known == name) && values.plan(&control.name).is_some()
            }
            _ => false,
        })
    }

    /// The values with everything left out that cannot run without shared memory, or the first thing that can where
    /// nothing else is left. The names of controls that had only such, for a notice.
    #[must_use]
    pub fn without_shared_memory(&self, values: &Values) -> (Values, Vec<String>) {
        let (mut kept, mut emptied) = (values.clone(), Vec::new());
        for control in &self.controls {
            let runs =
                |slug: &str| control.options().iter().any(|option| option.slug == slug && !option.needs_shared_memory);
            let first = || control.options().iter().find(|option| !option.needs_shared_memory);
            let value = match values.get(&control.name) {
                Some(Value::Ticks(slugs)) => {
                    let left: Vec<_> = slugs.iter().filter(|slug| runs(slug)).cloned().collect();
                    if !left.is_empty() {
                        Value::Ticks(left)
                    } else if let Some(first) = first() {
                        emptied.push(control.name.clone());
                        Value::Ticks(vec![first.slug.clone()])
                    } else {
                        continue;
                    }
                }
                Some(Value::Choice(slug)) if !runs(slug) => match first() {
                    Some(first) => {
                        emptied.push(control.name.clone());
                        Value::Choice(first.slug.clone())
                    }
                    None => continue,
                },
                _ => continue,
            };
            kept.set(control, value);
        }
        (kept, emptied)
    }
}
