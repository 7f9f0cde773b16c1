//! The desk: what few readers ask for, for all labs. It reads result files, and writes programs and figures for files.
//! It is a WebAssembly module of its own, which the page loads on demand, so neither page nor engines carry its code.
#![forbid(unsafe_code)]
// `{:?}` prints nothing in the WebAssembly modules: they are built without it.
#![cfg_attr(not(test), warn(clippy::use_debug))]

use interleave_labs::message::{Form, FromDesk, ToDesk, from_bytes, to_bytes};
use interleave_labs::{Report, lab};
use interleave_trace::Figure;
use interleave_trace::export::chrome_trace;
use interleave_trace::figure::{Body, Timeline};

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
        ToDesk::Explain { lab, text } => {
            explained(lab, text).map_or_else(FromDesk::Refused, |report| FromDesk::Report(Box::new(report.rendered())))
        }
        ToDesk::Write { lab: slug, values, program, language, layouts } => {
            let layouts = |name: &str| layouts.iter().find(|(known, _)| known == name).map(|(_, text)| text.clone());
            FromDesk::Program(lab(slug).and_then(|lab| lab.program(values, program, *language, &layouts)))
        }
        ToDesk::Save { lab, result, figure, form } => explained(lab, result)
            .and_then(|report| found(report, figure.as_deref()))
            .map_or_else(FromDesk::Refused, |figure| FromDesk::Saved(written(&figure, *form))),
    }
}

/// The report of a result, or why there is none.
fn explained(slug: &str, text: &str) -> Result<Report, String> {
    let lab = lab(slug).ok_or_else(|| format!("there is no lab called “{slug}”"))?;
    lab.explain(text).map_err(|error| error.to_string())
}

/// A report's figure, or all its runs.
fn found(report: Report, name: Option<&str>) -> Result<Figure, String> {
    let mut figures = report.figures.into_iter();
    if let Some(name) = name {
        return figures.find(|figure| figure.id == name).ok_or_else(|| format!("there is no figure called “{name}”"));
    }
    let runs = figures.flat_map(|figure| if let Body::Timeline(of) = figure.body { of.runs } else { vec![] });
    let body = Timeline { runs: runs.collect() }.into();
    Ok(Figure { id: String::new(), title: String::new(), caption: String::new(), body })
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

    fn recorded(slug: &str) -> String {
        let file = format!("{}/../../static/recorded/{slug}.json", env!("CARGO_MANIFEST_DIR"));
        std::fs::read_to_string(&file).unwrap_or_else(|error| panic!("{file}: {error}"))
    }

    fn save(lab: &str, figure: Option<&str>, form: Form) -> FromDesk {
        let figure = figure.map(str::to_owned);
        let ask = ToDesk::Save { lab: lab.to_owned(), result: recorded(lab), figure, form };
        from_bytes(&interleave_desk(&to_bytes(&ask))).unwrap()
    }

    #[test]
    fn each_figure_of_a_result_is_written_as_it_is_for_a_terminal() {
        for lab in LABS {
            for figure in lab.explain(&recorded(lab.slug)).unwrap().figures {
                let saved = |form| save(lab.slug, Some(&figure.id), form);
                assert_eq!(saved(Form::Csv), FromDesk::Saved(figure.csv()), "{} {}", lab.slug, figure.id);
                assert_eq!(saved(Form::Svg(900.0)), FromDesk::Saved(figure.svg(900.0)), "{} {}", lab.slug, figure.id);
            }
        }
        assert!(
            matches!(save("race", Some("nonsense"), Form::Csv), FromDesk::Refused(why) if why.contains("nonsense"))
        );
    }

    #[test]
    fn all_runs_of_a_result_are_written_on_one_axis() {
        let saved = |form| match save("compare", None, form) {
            FromDesk::Saved(text) => text,
            other => panic!("{other:?}"),
        };
        let runs: usize =
            ["sequential", "pool"].map(|run| saved(Form::Csv).matches(&format!("\n{run},")).count()).iter().sum();
        assert!(runs > 2, "{runs}");
        assert!(saved(Form::Trace).contains("\"ph\""));
        assert!(saved(Form::Svg(900.0)).contains(" width=\"900\""));
    }
}
