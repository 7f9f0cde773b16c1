//! Runnable programs that do what a lab does, in three languages.
//!
//! A program is made from layouts: files with placeholders such as `@TASKS`. Arguments only fill in numbers, so they
//! cannot make a program do anything else. Layouts are in each lab's folder `code`, in a folder for each language. They
//! are in no WebAssembly module: few readers look at a program, and the page fetches layouts for those who do.

use crate::LABS;
use form_urlencoded::byte_serialize;
use serde::{Deserialize, Serialize};

/// A language that programs are written in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Language {
    /// Python 3, the standard one or a free-threaded build.
    Python,
    /// Java 17 or later.
    Java,
    /// Rust, edition 2021.
    Rust,
}

impl Language {
    /// Every language, in the order of the page.
    pub const ALL: [Language; 3] = [Language::Python, Language::Java, Language::Rust];

    /// The language's name in lower case, for controls and files.
    #[must_use]
    pub fn slug(self) -> &'static str {
        match self {
            Language::Python => "python",
            Language::Java => "java",
            Language::Rust => "rust",
        }
    }

    /// The language's name.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Language::Python => "Python",
            Language::Java => "Java",
            Language::Rust => "Rust",
        }
    }

    /// The extension of its files, without the dot.
    #[must_use]
    pub fn ending(self) -> &'static str {
        match self {
            Language::Python => "py",
            Language::Java => "java",
            Language::Rust => "rs",
        }
    }

    /// What starts a comment that goes to the end of the line.
    #[must_use]
    pub fn comment(self) -> &'static str {
        match self {
            Language::Python => "#",
            Language::Java | Language::Rust => "//",
        }
    }

    /// The file that a program must be saved as.
    #[must_use]
    pub fn file_name(self) -> &'static str {
        match self {
            Language::Python => "interleave.py",
            Language::Java => "Interleave.java",
            Language::Rust => "interleave.rs",
        }
    }

    /// The shell command that runs a program, in the file's folder.
    #[must_use]
    pub fn how_to_run(self) -> &'static str {
        match self {
            Language::Python => "python3 interleave.py",
            Language::Java => "java Interleave.java",
            Language::Rust => "rustc -O --edition 2021 interleave.rs && ./interleave",
        }
    }
}

/// A whole program in one file. It needs nothing but the language's standard library.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Program {
    /// The file it must be saved as.
    pub file_name: String,
    /// Its text, ASCII, with a line end after the last line.
    pub text: String,
    /// The shell command that runs it, in the file's folder.
    pub how_to_run: String,
    /// The query of a lab that runs it, if one does.
    pub opens: Option<String>,
}

impl Program {
    /// A program that is saved and run as usual for its language.
    #[must_use]
    pub fn new(language: Language, text: &str) -> Program {
        Program {
            file_name: language.file_name().to_owned(),
            text: text.trim_end().to_owned() + "\n",
            how_to_run: language.how_to_run().to_owned(),
            opens: None,
        }
    }

    /// The same program, which the lab for programs in this language runs as well, if there is one.
    #[must_use]
    pub(crate) fn opening(self, language: Language) -> Program {
        let runs = LABS.iter().find_map(|lab| Some((lab.slug, lab.runs.filter(|(known, _)| *known == language)?.1)));
        let opens = runs.map(|(slug, control)| {
            let text: String = byte_serialize(self.text.as_bytes()).collect();
            format!("lab={slug}&{control}={text}")
        });
        Program { opens, ..self }
    }
}

/// Gives a layout's text by a name such as `python/threads.py`.
pub type Layouts<'a> = &'a dyn Fn(&str) -> Option<String>;

/// Fills in a layout's placeholders, in this order: a value may contain later placeholders.
#[must_use]
pub fn fill(layout: String, words: &[(&str, &str)]) -> String {
    words.iter().fold(layout, |text, (word, value)| text.replace(word, value.trim_end()))
}
