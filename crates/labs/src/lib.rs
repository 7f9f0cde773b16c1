//! What a reader can ask for, and what the answers mean: each lab's controls, arguments, lesson and findings, the form
//! of URLs and results, and the messages between page and engine.
//!
//! Pure: no browser, no threads, no user interface. Each lab is a module that implements [`Lab`]; everything else is
//! for all labs. The order of [`LABS`] is the order of the course.
#![forbid(unsafe_code)]
// `{:?}` prints nothing in the WebAssembly modules: they are built without it.
#![cfg_attr(not(test), warn(clippy::use_debug))]

pub mod code;
pub mod compare;
pub mod conditions;
pub mod control;
pub mod file;
mod frame;
pub mod json;
pub mod lab;
pub mod lesson;
pub mod machine;
pub mod mark;
pub mod memory;
pub mod message;
pub mod notice;
pub mod order;
pub mod packed;
#[cfg(test)]
mod placed;
pub mod plan;
pub mod process;
pub mod python;
pub mod query;
pub mod race;
pub mod result;
pub mod script;
pub mod sheet;
pub mod values;

pub use control::Control;
pub use lab::{Finding, Lab, Measured, Pressed, Report, Score, Story};
pub use lesson::{Attempt, Step};
pub use mark::Mark;
pub use notice::Notice;
pub use sheet::{Guess, Sheet};
pub use values::{Value, Values};

/// Every lab, in the order of the course.
pub const LABS: &[Entry] = &[
    Entry::of::<compare::Compare>(),
    Entry::of::<python::Python>(),
    Entry::of::<order::Order>(),
    Entry::of::<race::Race>(),
    Entry::of::<process::Process>(),
    Entry::of::<memory::Memory>(),
    Entry::of::<machine::Machine>(),
];

/// A lab behind a common interface, whichever it is.
#[derive(Clone, Copy, Debug)]
pub struct Entry {
    /// Its name in the URL and on the command line.
    pub slug: &'static str,
    /// The engine's module that measures it: its own, or one that several labs share.
    pub module: &'static str,
    /// The language whose programs it runs, and the control that takes them.
    pub runs: Option<(code::Language, &'static str)>,
    /// What there is to read beside its figures.
    pub lesson: &'static [Step],
    sheet: fn() -> Sheet,
    explain: fn(&str) -> Result<Report, file::Error>,
    program: fn(&Values, &str, code::Language, code::Layouts) -> Option<code::Program>,
}

impl Entry {
    const fn of<L: Lab>() -> Entry {
        Entry {
            slug: L::SLUG,
            module: L::MODULE,
            runs: L::RUNS,
            lesson: L::LESSON,
            sheet: L::sheet,
            explain: file::explain::<L>,
            program: |values, slug, language, layouts| L::program(&L::args(values), slug, language, layouts),
        }
    }

    /// What the page shows before a run.
    #[must_use]
    pub fn sheet(&self) -> Sheet {
        (self.sheet)()
    }

    /// The report of one of its result files.
    ///
    /// # Errors
    /// Why it cannot be read, for the reader.
    pub fn explain(&self, text: &str) -> Result<Report, file::Error> {
        (self.explain)(text)
    }

    /// One of its programs; `None` if a layout is missing.
    #[must_use]
    pub fn program(
        &self,
        values: &Values,
        slug: &str,
        language: code::Language,
        layouts: code::Layouts,
    ) -> Option<code::Program> {
        (self.program)(values, slug, language, layouts)
    }
}

/// The lab called `slug`.
#[must_use]
pub fn lab(slug: &str) -> Option<&'static Entry> {
    LABS.iter().find(|lab| lab.slug == slug)
}

#[cfg(test)]
mod tests;
