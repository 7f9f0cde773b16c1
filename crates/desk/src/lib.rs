//! The desk: what few readers ask for, for all labs. It reads result files, and writes programs and figures for files.
//! It is a WebAssembly module of its own, which the page loads on demand, so neither page nor engines carry its code.
#![forbid(unsafe_code)]
// `{:?}` prints nothing in the WebAssembly modules: they are built without it.
#![cfg_attr(not(test), warn(clippy::use_debug))]

use interleave_labs::lab;
use interleave_labs::message::{Form, FromDesk, ToDesk, from_bytes, to_bytes};
use interleave_trace::Figure;
use interleave_trace::export::chrome_trace;
use interleave_trace::figure::Body;

/// Answers an encoded message with another; with nothing if it is not a message of this build.
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
            None => FromDesk::Refused(format!("there is no lab called “{slug}”")),
        },
        ToDesk::Write { lab: slug, values, program, language, layouts } => {
            let layouts = |name: &str| layouts.iter().find(|(known, _)| known == name).map(|(_, text)| text.clone());
            FromDesk::Program(lab(slug).and_then(|lab| lab.program(values, program, *language, &layouts)))
        }
        ToDesk::Save { figure, form } => FromDesk::Saved(written(figure, *form)),
    }
}

fn written(figure: &Figure, form: Form) -> String {
    match (form, &figure.body) {
        (Form::Trace, Body::Timeline(timeline)) => chrome_trace(&timeline.exported()),
        (Form::Trace, _) => chrome_trace(&[]),
        (Form::Csv, _) => figure.csv(),
        (Form::Svg(width), _) => figure.svg(width),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use interleave_labs::code::Language;
    use interleave_labs::{LABS, Values};
    use interleave_trace::figure::{Timeline, TimelineRun};
    use interleave_trace::{Lane, LaneKind, Span, State};
    use std::rc::Rc;

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

    #[test]
    fn a_figure_is_written_in_the_form_that_is_asked_for() {
        let lanes = vec![Lane { id: 0, name: "worker 1".to_owned(), kind: LaneKind::Worker }];
        let spans = vec![Span { lane: 0, task: 3, state: State::Ready, start_us: 7, end_us: 9 }];
        let run = TimelineRun {
            slug: "pool".to_owned(),
            title: "Pool".to_owned(),
            note: String::new(),
            wall_us: 100,
            bound_us: None,
            speedup: None,
            one_core: false,
            lanes,
            spans,
        };
        let body = Body::Timeline(Timeline { runs: vec![run] });
        let figure = Figure { id: String::new(), title: String::new(), caption: String::new(), body };
        let written = |form| {
            let ask = ToDesk::Save { figure: Rc::new(figure.clone()), form };
            match from_bytes(&interleave_desk(&to_bytes(&ask))) {
                Ok(FromDesk::Saved(text)) => text,
                other => panic!("{other:?}"),
            }
        };
        assert!(written(Form::Trace).contains("\"traceEvents\""));
        assert!(written(Form::Csv).ends_with("\npool,0,worker 1,3,ready,7,9\n"));
        assert!(written(Form::Svg(900.0)).contains(" width=\"900\""));
    }
}
