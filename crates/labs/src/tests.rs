//! What holds for every lab, over the whole of their list.

use crate::code::Language;
use crate::control::{Kind, Lanes, Steps};
use crate::message::{from_bytes, to_bytes};
use crate::sheet::{Answers, Blank};
use crate::{LABS, Sheet, Values};
use std::collections::BTreeSet;

fn sheets() -> Vec<Sheet> {
    LABS.iter().map(|lab| lab.sheet()).collect()
}

fn is_name(name: &str) -> bool {
    !name.is_empty() && name.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-')
}

#[test]
fn every_lab_has_a_name_and_a_question_of_its_own() {
    let (mut names, mut short, mut questions) = (BTreeSet::new(), BTreeSet::new(), BTreeSet::new());
    for (lab, sheet) in LABS.iter().zip(sheets()) {
        assert_eq!(lab.slug, sheet.slug);
        assert!(is_name(lab.slug) && names.insert(lab.slug) && is_name(lab.module), "{}", lab.slug);
        assert!(sheet.question.ends_with('?') && questions.insert(sheet.question.clone()), "{}", sheet.question);
        assert!(sheet.lead.ends_with('.') && !sheet.blanks.is_empty(), "{}", lab.slug);
        // They stand beside each other in one bar.
        assert!((1..=12).contains(&sheet.name.chars().count()) && short.insert(sheet.name.clone()), "{}", sheet.name);
    }
}

#[test]
fn every_control_has_a_name_a_help_and_a_default_in_its_range() {
    // What a URL has for the page itself.
    const TAKEN: [&str; 7] = ["lab", "autorun", "embed", "theme", "coi", "isolating", "load"];
    for sheet in sheets() {
        let mut names = BTreeSet::new();
        for control in &sheet.controls {
            let name = format!("{} {}", sheet.slug, control.name);
            assert!(
                is_name(&control.name) && names.insert(&control.name) && !TAKEN.contains(&&*control.name),
                "{name}"
            );
            assert!(!control.label.is_empty() && control.help.ends_with('.'), "{name}: {}", control.help);
            assert!(control.accepts(&control.default_value()), "{name}");
            if let Kind::Number(number) = &control.kind {
                let by_steps = matches!(number.steps, Steps::By(step) if step > 0);
                assert!(number.min < number.max && (by_steps || number.stops().len() < 50), "{name}");
            }
            let mut slugs = BTreeSet::new();
            for option in control.options() {
                assert!(is_name(&option.slug) && slugs.insert(&option.slug), "{name}: {}", option.slug);
                assert!(!option.name.is_empty() && !option.short.is_empty() && option.help.ends_with('.'), "{name}");
                let words = option.tag.split(' ').filter(|word| !word.is_empty()).count();
                assert!((1..=6).contains(&words) && !option.tag.ends_with('.'), "{name}: {}", option.tag);
                if let Lanes::Control(of) = &option.lanes {
                    let of = sheet.control(of).unwrap_or_else(|| panic!("{name}: lanes of {of}"));
                    assert!(matches!(of.kind, Kind::Number(_)), "{name}");
                }
            }
        }
    }
}

#[test]
fn every_preset_is_valid_and_changes_only_what_it_names() {
    for sheet in sheets() {
        let defaults = Values::defaults(&sheet.controls);
        for preset in &sheet.presets {
            let (asked, notices) = Values::from_query(&sheet.controls, &preset.query);
            assert_eq!(notices, [], "{} {}", sheet.slug, preset.name);
            assert!(!preset.name.is_empty() && !preset.hint.is_empty(), "{}", preset.query);
            assert_eq!(sheet.applied(&preset.query, &defaults), asked, "{} {}", sheet.slug, preset.name);
            for pair in preset.query.split('&') {
                let name = pair.split('=').next().unwrap();
                assert!(sheet.control(name).is_some(), "{} {}: {name}", sheet.slug, preset.name);
            }
        }
    }
}

#[test]
fn every_step_of_a_lesson_has_settings_of_its_own_that_can_be_applied() {
    for lab in LABS {
        let sheet = lab.sheet();
        assert!(lab.lesson.len() > 2, "{}", lab.slug);
        let mut tried = BTreeSet::new();
        for step in lab.lesson {
            let what = format!("{}: {}", lab.slug, step.heading);
            assert!(!step.paragraphs.is_empty() && step.paragraphs.iter().all(|text| text.ends_with('.')), "{what}");
            let length: usize = step.paragraphs.iter().map(|text| text.split(' ').count()).sum();
            assert!(!step.heading.is_empty() && length <= 90, "{what}: {length} words");
            let (values, notices) = Values::from_query(&sheet.controls, step.attempt.query);
            assert_eq!(notices, [], "{what}");
            assert!(!step.attempt.label.is_empty() && tried.insert(values.to_query(lab.slug)), "{what}");
            assert_eq!(sheet.applied(step.attempt.query, &Values::defaults(&sheet.controls)), values, "{what}");
        }
    }
}

#[test]
fn every_url_reads_back() {
    for sheet in sheets() {
        let queries = sheet.presets.iter().map(|preset| preset.query.clone()).chain([String::new()]);
        for query in queries {
            let (values, _) = Values::from_query(&sheet.controls, &query);
            let url = values.to_query(&sheet.slug);
            assert!(url.starts_with(&format!("lab={}", sheet.slug)), "{url}");
            assert_eq!(Values::from_query(&sheet.controls, &url), (values, vec![]), "{url}");
        }
    }
}

#[test]
fn every_prediction_and_blank_speaks_of_what_there_is() {
    for sheet in sheets() {
        match &sheet.prediction.answers {
            Answers::Ticked(control) => assert!(!sheet.control(control).unwrap().options().is_empty()),
            Answers::List(answers) => assert!(answers.len() > 1, "{}", sheet.slug),
            Answers::None => assert!(sheet.prediction.number.is_some(), "{}", sheet.slug),
        }
        assert!(sheet.prediction.question.ends_with('?'), "{}", sheet.prediction.question);
        if let Some(number) = &sheet.prediction.number {
            assert!((number.min..=number.max).contains(&number.default), "{}", sheet.slug);
        }
        for blank in &sheet.blanks {
            if let Blank::Timeline(control) = blank {
                assert!(matches!(sheet.control(control).unwrap().kind, Kind::Ticks(_)), "{}", sheet.slug);
            }
        }
    }
}

#[test]
fn without_shared_memory_what_is_left_can_run() {
    for sheet in sheets().into_iter().filter(|sheet| !sheet.needs_shared_memory) {
        let (left, _) = sheet.without_shared_memory(&Values::defaults(&sheet.controls));
        for control in &sheet.controls {
            assert!(control.accepts(left.get(&control.name).unwrap()), "{} {}", sheet.slug, control.name);
            for option in control.options().iter().filter(|option| option.needs_shared_memory) {
                assert!(!left.ticks(&control.name).contains(&option.slug), "{} {}", sheet.slug, option.slug);
                assert_ne!(left.choice(&control.name), option.slug, "{}", sheet.slug);
            }
        }
    }
}

#[test]
fn every_sheet_reads_back_from_its_bytes() {
    for sheet in sheets() {
        assert_eq!(from_bytes::<Sheet>(&to_bytes(&sheet)), Ok(sheet));
    }
}

#[test]
fn every_program_is_there_in_every_language() {
    for (lab, sheet) in LABS.iter().zip(sheets()) {
        let needed = std::cell::RefCell::new(BTreeSet::new());
        let folder = format!("{}/src/{}/code", env!("CARGO_MANIFEST_DIR"), lab.slug);
        let layouts = |name: &str| {
            needed.borrow_mut().insert(name.to_owned());
            std::fs::read_to_string(format!("{folder}/{name}")).ok()
        };
        assert!(!sheet.programs.is_empty(), "{}", lab.slug);
        for (slug, name) in &sheet.programs {
            assert!(is_name(slug) && !name.is_empty(), "{} {slug}", lab.slug);
            for language in Language::ALL {
                let what = format!("{} {slug} in {}", lab.slug, language.name());
                let program = lab.program(&Values::defaults(&sheet.controls), slug, language, &layouts);
                let text = program.unwrap_or_else(|| panic!("{what} lacks a layout")).text;
                assert!(text.bytes().all(|byte| byte == b'\n' || (b' '..=b'~').contains(&byte)), "{what}:\n{text}");
                // A decorator of Python and an annotation of Java begin with one, too.
                let unfilled = text.match_indices('@').find(|(at, _)| text[at + 1..].starts_with(char::is_uppercase));
                assert!(unfilled.is_none_or(|(at, _)| text[at..].starts_with("@Override")), "{what}:\n{text}");
            }
        }
        let needed = needed.into_inner();
        for language in Language::ALL.map(Language::slug) {
            for file in std::fs::read_dir(format!("{folder}/{language}")).unwrap() {
                let name = format!("{language}/{}", file.unwrap().file_name().display());
                assert!(needed.contains(&name), "no program of {} has {name}", lab.slug);
            }
        }
    }
}

/// What the page's own arguments are called: a lab's would never be read.
#[test]
fn no_control_is_called_as_what_the_page_takes_for_itself() {
    let taken = ["lab", "autorun", "embed", "theme", "load", "coi", "isolating"].into_iter().chain(crate::query::LOOKS);
    for name in taken {
        for sheet in sheets() {
            assert!(sheet.control(name).is_none(), "{} has {name}", sheet.slug);
        }
    }
}

/// The README's table of arguments, which is written by hand.
#[test]
fn the_readme_has_every_argument_with_its_range_and_default() {
    let readme = include_str!("../../../README.md");
    let cells = |line: &str| line.split('|').map(|cell| cell.trim().to_owned()).collect::<Vec<_>>();
    let rows: Vec<_> = readme.lines().filter(|line| line.starts_with("| `")).map(cells).collect();
    for sheet in sheets() {
        assert!(
            rows.iter().any(|row| row[1] == format!("`{}`", sheet.slug) && row[2] == sheet.question),
            "{}",
            sheet.slug
        );
        for control in &sheet.controls {
            let slugs =
                || control.options().iter().map(|option| format!("`{}`", option.slug)).collect::<Vec<_>>().join(", ");
            let (unit, range, default) = match &control.kind {
                Kind::Number(it) => (it.unit.clone(), format!("{}–{}", it.min, it.max), it.default.to_string()),
                Kind::Ticks(_) => (String::new(), slugs(), "all".to_owned()),
                Kind::Choice { default, .. } => (String::new(), slugs(), format!("`{default}`")),
                Kind::Plan { .. } | Kind::Text { .. } => Default::default(),
            };
            let wanted = [format!("`{}`", sheet.slug), format!("`{}`", control.name), unit, range, default];
            assert!(rows.iter().any(|row| row.len() > 6 && row[1..6] == wanted), "the README lacks {wanted:?}");
        }
    }
}
