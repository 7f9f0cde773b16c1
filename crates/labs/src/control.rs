//! Controls: what a reader can set. The kinds are a closed set, and page, URL, command line and the element for blogs
//! all read the same list.

use crate::Notice;
use crate::packed;
use crate::plan::{self, Plan};
use crate::query::{NAMED, more, number, shown};
use crate::values::Value;
use serde::{Deserialize, Serialize};

/// The longest text, as JavaScript counts: in units of UTF-16.
pub const MOST_TEXT: usize = 65_536;

/// A control.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Control {
    /// Its name in the URL and on the command line.
    pub name: String,
    /// What the page calls it.
    pub label: String,
    /// What it does, in a sentence.
    pub help: String,
    /// Whether a newcomer can do without it: the page folds it away.
    pub more: bool,
    /// Whether it only says what a reader looks at: no run depends on it.
    pub view: bool,
    /// What can be set.
    pub kind: Kind,
}

/// What can be set.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum Kind {
    /// A whole number.
    Number(Number),
    /// One of several.
    Choice {
        /// In the order of the page.
        options: Vec<Choice>,
        /// The slug of the default.
        default: String,
    },
    /// Some of several, at least one; all of them by default.
    Ticks(Vec<Choice>),
    /// Tasks one by one. Without a plan, three numbers describe the tasks.
    Plan {
        /// The control for the number of tasks; with a plan, it follows the plan.
        tasks: String,
        /// The control for how long each sleeps.
        sleep: String,
        /// The control for how long each computes.
        cpu: String,
    },
    /// Text of several lines.
    Text {
        /// How it is written.
        syntax: Syntax,
        /// How many lines the page shows at once.
        lines: u32,
        /// The default text.
        default: String,
    },
}

/// How a text is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Syntax {
    /// In no language.
    Plain,
    /// In Python.
    Python,
    /// In the dialect of the simulator x86.py: an instruction a line, comments after `#`.
    Assembly,
}

/// The range of a whole number.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Number {
    /// Its unit; empty for a count.
    pub unit: String,
    /// The smallest value.
    pub min: u32,
    /// The largest value.
    pub max: u32,
    /// The default value.
    pub default: u32,
    /// The slider's steps.
    pub steps: Steps,
}

/// The steps of a slider.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Steps {
    /// Equal steps of this size.
    By(u32),
    /// 1, 2, 5, 10, 20, 50…
    OneTwoFive,
    /// 1, 2, 4, 8, 16…
    Doubling,
}

/// One of several.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Choice {
    /// Its name in the URL and in results.
    pub slug: String,
    /// Its full name.
    pub name: String,
    /// Its short name, also used in sentences.
    pub short: String,
    /// What it does, in at most six plain words, in lower case: `one thread takes turns`.
    pub tag: String,
    /// What it is or does, in a sentence.
    pub help: String,
    /// Whether it needs threads that share one memory.
    pub needs_shared_memory: bool,
    /// How many lanes its run has in a timeline.
    pub lanes: Lanes,
}

/// How many lanes a run has, before it has run.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Lanes {
    /// This many.
    Fixed(u32),
    /// As many as this control is set to.
    Control(String),
}

impl Control {
    /// A whole number.
    #[must_use]
    pub fn number(name: &str, label: &str, number: Number, help: &str) -> Control {
        Control::new(name, label, Kind::Number(number), help)
    }

    /// Some of several.
    #[must_use]
    pub fn ticks(name: &str, label: &str, options: Vec<Choice>, help: &str) -> Control {
        Control::new(name, label, Kind::Ticks(options), help)
    }

    /// One of several.
    #[must_use]
    pub fn choice(name: &str, label: &str, options: Vec<Choice>, default: &str, help: &str) -> Control {
        Control::new(name, label, Kind::Choice { options, default: default.to_owned() }, help)
    }

    /// Any kind.
    #[must_use]
    pub fn new(name: &str, label: &str, kind: Kind, help: &str) -> Control {
        Control {
            name: name.to_owned(),
            label: label.to_owned(),
            help: help.to_owned(),
            more: false,
            view: false,
            kind,
        }
    }

    /// The same control, folded away on the page.
    #[must_use]
    pub fn folded(self) -> Control {
        Control { more: true, ..self }
    }

    /// The same control, on which no run depends.
    #[must_use]
    pub fn of_view(self) -> Control {
        Control { view: true, ..self }
    }

    /// Whether it is a text in a language.
    #[must_use]
    pub fn is_code(&self) -> bool {
        matches!(self.kind, Kind::Text { syntax: Syntax::Python | Syntax::Assembly, .. })
    }

    /// The options; empty if it has none.
    #[must_use]
    pub fn options(&self) -> &[Choice] {
        match &self.kind {
            Kind::Choice { options, .. } | Kind::Ticks(options) => options,
            Kind::Number(_) | Kind::Plan { .. } | Kind::Text { .. } => &[],
        }
    }

    /// The default value.
    #[must_use]
    pub fn default_value(&self) -> Value {
        match &self.kind {
            Kind::Number(number) => Value::Number(number.default),
            Kind::Choice { default, .. } => Value::Choice(default.clone()),
            Kind::Ticks(options) => Value::Ticks(slugs(options)),
            Kind::Plan { .. } => Value::Plan(None),
            Kind::Text { default, .. } => Value::Text(default.clone()),
        }
    }

    /// The nearest valid value to a text. A value that cannot be used is named in a notice, with what is used instead.
    #[must_use]
    pub fn read(&self, given: &str, notices: &mut Vec<Notice>) -> Value {
        match &self.kind {
            Kind::Number(range) => Value::Number(range.read(&self.name, given, notices)),
            Kind::Choice { options, default } => {
                let given = given.trim();
                if options.iter().any(|option| option.slug == given) {
                    return Value::Choice(given.to_owned());
                }
                let why = format!("is not one of {}", slugs(options).join(", "));
                notices.push(Notice::corrected(&self.name, given, &why, default));
                Value::Choice(default.clone())
            }
            Kind::Ticks(options) => Value::Ticks(self.read_ticks(options, given, notices)),
            Kind::Plan { tasks, sleep, cpu } => match Plan::parse(given) {
                Ok((plan, corrected)) => {
                    notices.extend(corrected);
                    Value::Plan(Some(plan))
                }
                Err(why) => {
                    let (why, used) = (format!("is no plan ({why})"), format!("what {tasks}, {sleep} and {cpu} say"));
                    notices.push(Notice::corrected(&self.name, given, &why, &used));
                    Value::Plan(None)
                }
            },
            Kind::Text { default, .. } => Value::Text(packed::read(given).unwrap_or_else(|why| {
                notices.push(Notice::corrected(&self.name, given, &why, "the default"));
                default.clone()
            })),
        }
    }

    /// The options named in a comma-separated list, in the order of `options`; all of them if it names none.
    fn read_ticks(&self, options: &[Choice], given: &str, notices: &mut Vec<Notice>) -> Vec<String> {
        let (mut ticked, mut unknown) = (vec![false; options.len()], 0);
        for slug in given.split(',').map(str::trim).filter(|slug| !slug.is_empty()) {
            match options.iter().position(|option| option.slug == slug) {
                Some(at) => ticked[at] = true,
                None => {
                    unknown += 1;
                    if unknown <= NAMED {
                        let text = format!("{} has nothing called “{}”; it is left out.", self.name, shown(slug));
                        notices.push(Notice { argument: self.name.clone(), text });
                    }
                }
            }
        }
        notices.extend(more(unknown, &self.name, "that do not exist are left out."));
        if !ticked.contains(&true) {
            notices.push(Notice::corrected(&self.name, given, "names none that exists", "every one"));
            return slugs(options);
        }
        options.iter().zip(ticked).filter(|(_, ticked)| *ticked).map(|(option, _)| option.slug.clone()).collect()
    }

    /// Whether the control can have this value.
    #[must_use]
    pub fn accepts(&self, value: &Value) -> bool {
        match (&self.kind, value) {
            (Kind::Number(range), Value::Number(number)) => (range.min..=range.max).contains(number),
            (Kind::Choice { options, .. }, Value::Choice(slug)) => options.iter().any(|option| option.slug == *slug),
            (Kind::Ticks(options), Value::Ticks(ticked)) => {
                !ticked.is_empty() && ticked.iter().all(|slug| options.iter().any(|option| option.slug == *slug))
            }
            (Kind::Plan { .. }, Value::Plan(plan)) => {
                plan.as_ref().is_none_or(|plan| (1..=plan::MOST_TASKS as usize).contains(&plan.tasks.len()))
            }
            (Kind::Text { .. }, Value::Text(text)) => packed::fits(text),
            _ => false,
        }
    }
}

impl Number {
    /// The nearest valid value to a text, or the default if it is not a number.
    fn read(&self, name: &str, given: &str, notices: &mut Vec<Notice>) -> u32 {
        let mut correct = |value: u32, why: &str| {
            notices.push(Notice::corrected(name, given, why, &value.to_string()));
            value
        };
        match number(given.trim()) {
            Some(number) if number < f64::from(self.min) => correct(self.min, &format!("is less than {}", self.min)),
            Some(number) if number > f64::from(self.max) => correct(self.max, &format!("is more than {}", self.max)),
            Some(number) if number.fract() != 0.0 => correct(number.round() as u32, "is not a whole number"),
            Some(number) => number as u32,
            None => correct(self.default, "is not a number"),
        }
    }

    /// The values that a slider stops at, in order, from `min` to `max`.
    #[must_use]
    pub fn stops(&self) -> Vec<u32> {
        let mut stops = vec![self.min];
        let mut next = match self.steps {
            Steps::By(_) => self.min,
            Steps::OneTwoFive | Steps::Doubling => 1,
        };
        loop {
            next = match self.steps {
                Steps::By(step) => next.saturating_add(step.max(1)),
                Steps::Doubling => next.saturating_mul(2),
                // 2 → 5 is the only step that does not double.
                Steps::OneTwoFive if next.to_string().starts_with('2') => next.saturating_mul(5) / 2,
                Steps::OneTwoFive => next.saturating_mul(2),
            };
            if next >= self.max {
                break;
            }
            if next > self.min {
                stops.push(next);
            }
        }
        stops.push(self.max);
        stops.dedup();
        stops
    }
}

fn slugs(options: &[Choice]) -> Vec<String> {
    options.iter().map(|option| option.slug.clone()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn range(min: u32, max: u32, steps: Steps) -> Number {
        Number { unit: String::new(), min, max, default: min, steps }
    }

    #[test]
    fn a_slider_stops_at_round_numbers_and_at_both_ends() {
        assert_eq!(range(1, 7, Steps::By(3)).stops(), [1, 4, 7]);
        assert_eq!(range(3, 300, Steps::OneTwoFive).stops(), [3, 5, 10, 20, 50, 100, 200, 300]);
        assert_eq!(range(1, 32, Steps::Doubling).stops(), [1, 2, 4, 8, 16, 32]);
        assert_eq!(range(0, 0, Steps::By(5)).stops(), [0]);
    }

    proptest! {
        #[test]
        fn every_slider_ends(min in 0_u32..5000, more in 0_u32..5_000_000, step in 0_u32..900, kind in 0..3) {
            let steps = [Steps::By(step + 100), Steps::OneTwoFive, Steps::Doubling][kind as usize];
            let stops = range(min, min + more, steps).stops();
            prop_assert!(stops.windows(2).all(|pair| pair[0] < pair[1]), "{:?}", stops);
            prop_assert_eq!((stops.first(), stops.last()), (Some(&min), Some(&(min + more))));
        }
    }
}
