//! The desk: what few readers ask of the page. It says what a result file says, and writes programs that do the same as a lab. Of
//! any lab, in a module of its own that the page loads when somebody asks: no page and no engine carries it.
#![forbid(unsafe_code)]
// The modules are built without what it would show.
#![cfg_attr(not(test), warn(clippy::use_debug))]

use interleave_labs::lab;
use interleave_labs::message::{FromDesk, ToDesk, from_bytes, to_bytes};

/// Answers a message's bytes with another's; with nothing if they are no message of this build.
#[cfg_attr(target_arch = "wasm32", wasm_bindgen::prelude::wasm_bindgen)]
#[must_use]
pub fn interleave_desk(message: &[u8]) -> Vec<u8> {
    from_bytes(message).map_or_else(|_| Vec::new(), |message| to_bytes(&answer(&message)))
}

/// The answer to a message.
#[must_use]
pub fn answer(message: &ToDesk) -> FromDesk {
    match message {
        ToDesk::Explain { lab: slug, text } => match lab(slug).map(|lab| lab.explain(text)) {
            Some(Ok(report)) => FromDesk::Report(Box::new(report)),
            Some(Err(error)) => FromDesk::Refused(error.to_string()),
            None => FromDesk::Refused(format!("there is no lab called {slug}")),
        },
        ToDesk::Write { lab: slug, values, program, language, layouts } => {
            let layouts = |name: &str| layouts.iter().find(|(known, _)| known == name).map(|(_, text)| text.clone());
            FromDesk::Program(lab(slug).and_then(|lab| lab.program(values, program, *language, &layouts)))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use interleave_labs::code::Language;
    use interleave_labs::{LABS, Values};

    #[test]
    fn a_file_is_refused_in_words_for_every_lab() {
        for slug in LABS.iter().map(|lab| lab.slug).chain(["nonsense"]) {
            let ask = ToDesk::Explain { lab: slug.to_owned(), text: "{}".to_owned() };
            let answer = from_bytes::<FromDesk>(&interleave_desk(&to_bytes(&ask)));
            assert!(matches!(answer, Ok(FromDesk::Refused(why)) if !why.is_empty()), "{slug}");
        }
        assert_eq!(interleave_desk(b"nonsense"), b"");
    }

    #[test]
    fn programs_are_written_with_the_layouts_that_come_along() {
        for lab in LABS {
            let sheet = lab.sheet();
            let write = |layouts: Vec<(String, String)>| {
                answer(&ToDesk::Write {
                    lab: lab.slug.to_owned(),
                    values: Values::defaults(&sheet.controls),
                    program: sheet.programs[0].0.clone(),
                    language: Language::Python,
                    layouts,
                })
            };
            assert_eq!(write(vec![]), FromDesk::Program(None), "{}", lab.slug);
        }
    }
}
