//! The command line's arguments: those of the labs, with the same names as in the URL.

use crate::{machine, python};
use clap::error::{ContextKind, ContextValue, ErrorKind};
use clap::{Arg, ArgAction, ArgMatches, Command};
use interleave_engine::Entry;
use interleave_labs::control::{Control, Kind};
use interleave_labs::query::Request;
use interleave_labs::{LABS, Notice, Sheet, Values};

/// The name of the argument that is a link.
const LINK: &str = "link";

/// What the command line asks for.
pub enum Asked {
    /// Run or explore a program for the teaching CPU.
    Program(machine::Wish),
    /// Run a Python script.
    Python(python::Script),
    /// List the labs.
    Labs,
    /// Run a lab.
    Run {
        /// The lab.
        lab: Entry,
        /// Its arguments, corrected.
        values: Values,
        /// What had to be corrected.
        notices: Vec<Notice>,
        /// The output format.
        form: Form,
    },
}

/// The output format.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    /// Figures and findings, for a reader.
    Text,
    /// The result, `interleave/result@1`.
    Json,
    /// The figures' numbers, as CSV.
    Csv,
}

/// Parses the command line. For a request for help, or a mistake, prints that and ends the program.
pub fn from_command_line() -> Asked {
    let matches = command().try_get_matches().unwrap_or_else(|error| with_labs(error).exit());
    asked(&matches).expect("clap asks for a subcommand that it knows")
}

fn asked(matches: &ArgMatches) -> Option<Asked> {
    if let Some(wish) = machine::Wish::of(matches) {
        return Some(Asked::Program(wish));
    }
    if let Some(script) = python::Script::of(matches) {
        return Some(Asked::Python(script));
    }
    let ("run", run) = matches.subcommand()? else { return Some(Asked::Labs) };
    let (slug, given) = run.subcommand()?;
    let lab = interleave_engine::lab_called(slug)?;
    let sheet = interleave_labs::lab(slug)?.sheet();
    let (query, other) = query(&sheet, given);
    let (request, mut notices) = Request::from_query(&query, &sheet, &[slug]);
    notices.extend(other);
    let values = request.values;
    let form = match (given.get_flag("json"), given.get_flag("csv")) {
        (true, _) => Form::Json,
        (_, true) => Form::Csv,
        _ => Form::Text,
    };
    Some(Asked::Run { lab, values, notices, form })
}

/// The link and the arguments as a query string, so that the same code reads, corrects and explains all. An argument counts more than the
/// link; a link to another lab is named.
fn query(sheet: &Sheet, matches: &ArgMatches) -> (String, Option<Notice>) {
    let (mut query, mut other) = (form_urlencoded::Serializer::new(String::new()), None);
    let argument = |name: &str| sheet.control(name).and_then(|_| matches.get_one::<String>(name));
    let link = matches.get_one::<String>(LINK).map_or("", String::as_str);
    let link = link.split_once('?').map_or(link, |(_, query)| query);
    for (name, value) in form_urlencoded::parse(link.split('#').next().unwrap_or("").as_bytes()) {
        if name == "lab" {
            let text = format!("The link is to the lab “{value}”; what of its settings {} has is used.", sheet.slug);
            other = Some(Notice { argument: name.into(), text }).filter(|_| value != sheet.slug);
        } else if argument(&name).is_none() {
            query.append_pair(&name, &value);
        }
    }
    for control in &sheet.controls {
        if let Some(value) = argument(&control.name) {
            query.append_pair(&control.name, value);
        }
    }
    (query.finish(), other)
}

/// Adds a list of the labs to an error about an unknown one.
fn with_labs(mut error: clap::Error) -> clap::Error {
    if error.kind() == ErrorKind::InvalidSubcommand {
        let labs: Vec<_> = LABS.iter().map(|lab| lab.slug).collect();
        let tip = format!("the labs are {}; run one with 'interleave run <LAB>'", labs.join(", "));
        error.insert(ContextKind::Suggested, ContextValue::StyledStrs(vec![tip.into()]));
    }
    error
}

fn command() -> Command {
    Command::new("interleave")
        .version(env!("CARGO_PKG_VERSION"))
        .about("See what threads really do: the page's labs, with native threads and processes")
        .subcommand_required(true)
        .arg_required_else_help(true)
        .subcommand(Command::new("labs").about("List the labs"))
        .subcommands(machine::commands())
        .subcommand(python::command())
        .subcommand(
            Command::new("run")
                .about("Run a lab and print what was measured")
                .subcommand_value_name("LAB")
                .subcommand_help_heading("Labs")
                .subcommand_required(true)
                .arg_required_else_help(true)
                .disable_help_subcommand(true)
                .subcommands(LABS.iter().map(|lab| of_lab(lab.slug, &lab.sheet()))),
        )
}

fn of_lab(slug: &'static str, sheet: &Sheet) -> Command {
    let flag = |name: &'static str| Arg::new(name).long(name).action(ArgAction::SetTrue);
    let choices: String = sheet.controls.iter().filter_map(choices).collect();
    Command::new(slug)
        .about(sheet.question.clone())
        .after_help(choices.trim_end().to_owned())
        .arg(
            Arg::new(LINK)
                .value_name("LINK")
                .help("A link to the lab's page, or its query: the settings are used that no option gives"),
        )
        .args(sheet.controls.iter().map(option))
        .arg(flag("json").help("Print the result as JSON (interleave/result@1)"))
        .arg(
            flag("csv")
                .help("Print the figures' numbers as CSV, each after a line with its title")
                .conflicts_with("json"),
        )
}

fn option(control: &Control) -> Arg {
    let help = match &control.kind {
        Kind::Number(number) => {
            let unit = if number.unit.is_empty() { String::new() } else { format!(" {}", number.unit) };
            format!("{} [{}–{}{unit}, default {}]", control.help, number.min, number.max, number.default)
        }
        Kind::Choice { default, .. } => format!("{} [one of those below; default: {default}]", control.help),
        Kind::Ticks(_) => format!("{} [a list of those below, with commas; default: all]", control.help),
        Kind::Plan { .. } => format!("{} [format: see below]", control.help),
        Kind::Text { .. } => control.help.clone(),
    };
    let value_name = match control.kind {
        Kind::Number(_) => "N".to_owned(),
        _ => control.name.to_uppercase(),
    };
    Arg::new(control.name.clone())
        .long(control.name.clone())
        .value_name(value_name)
        .allow_hyphen_values(matches!(control.kind, Kind::Number(_)))
        .help(help)
}

/// An option's possible values, if they take more than a line.
fn choices(control: &Control) -> Option<String> {
    let Control { name, label, .. } = control;
    if let Kind::Plan { .. } = control.kind {
        return Some(format!("{label} (--{name}): {PLAN}\n\n"));
    }
    let options = control.options();
    let width = options.iter().map(|option| option.slug.len()).max()?;
    let line = |slug: &str, help: &str| format!("  {slug:<width$}  {help}\n");
    let lines: String = options.iter().map(|option| line(&option.slug, &option.help)).collect();
    Some(format!("{label} (--{name}):\n{lines}\n"))
}

/// The format of a plan.
const PLAN: &str = "s200 sleeps 200 ms, c30 computes 30 ms; a dot joins parts of one task, *5 makes five such tasks, + \
    adds other tasks: c30.s200*4+c120*2";

#[cfg(test)]
mod tests {
    use super::*;

    fn parse(lab: &str, arguments: &[&str]) -> (String, Vec<Notice>) {
        let line = ["interleave", "run", lab].into_iter().chain(arguments.iter().copied());
        match asked(&command().try_get_matches_from(line).unwrap()) {
            Some(Asked::Run { lab, values, notices, .. }) => (values.to_query(lab.slug), notices),
            _ => panic!("no run"),
        }
    }

    #[test]
    fn the_command_is_consistent() {
        command().debug_assert();
    }

    #[test]
    fn every_lab_can_be_run() {
        for lab in LABS {
            let (query, notices) = parse(lab.slug, &[]);
            assert_eq!(query, Values::defaults(&lab.sheet().controls).to_query(lab.slug));
            assert_eq!(notices, []);
        }
    }

    #[test]
    fn arguments_mean_what_they_mean_in_the_url() {
        let line = ["--tasks", "3", "--sleep", "10", "--modes", "pool,sequential", "--plan", "c30.s200*4+c120*2"];
        let (query, notices) = parse("compare", &line);
        assert_eq!(notices, []);
        let url = "tasks=3&sleep=10&modes=sequential,pool&plan=c30.s200*4%2Bc120*2";
        let controls = interleave_labs::lab("compare").unwrap().sheet().controls;
        assert_eq!(query, Values::from_query(&controls, url).0.to_query("compare"));
    }

    #[test]
    fn a_link_of_the_page_has_its_settings() {
        let controls = |lab: &str| interleave_labs::lab(lab).unwrap().sheet().controls;
        for link in [
            "https://example.org/?lab=compare&tasks=3&sleep=7&embed&theme=dark#top",
            "?tasks=3&sleep=7",
            "tasks=3&sleep=7",
        ] {
            let (query, notices) = parse("compare", &[link, "--sleep", "10"]);
            assert_eq!(
                query,
                Values::from_query(&controls("compare"), "tasks=3&sleep=10").0.to_query("compare"),
                "{link}"
            );
            assert_eq!(notices, [], "{link}");
        }
        let (_, notices) = parse("race", &["?lab=compare&adds=5000&pool=3"]);
        let named: Vec<_> = notices.iter().map(|notice| notice.argument.as_str()).collect();
        assert_eq!(named, ["pool", "lab"]);
    }

    #[test]
    fn a_packed_text_of_a_link_is_unpacked() {
        for lab in LABS {
            for control in lab.sheet().controls.iter().filter(|control| control.is_code()) {
                let text = "# ü\nmov $1, %ax\n".repeat(300);
                let link = format!(
                    "https://example.org/?lab={}&{}={}",
                    lab.slug,
                    control.name,
                    interleave_labs::packed::pack(&text)
                );
                let (query, notices) = parse(lab.slug, &[&link]);
                assert_eq!(notices, []);
                assert_eq!(Values::from_query(&lab.sheet().controls, &query).0.text(&control.name), text);
                let (_, notices) = parse(lab.slug, &[&link[..link.len() - 9]]);
                assert!(notices[0].text.ends_with("; the default is used."), "{}", notices[0].text);
            }
        }
    }

    #[test]
    fn what_is_out_of_range_is_corrected_and_said() {
        for lab in LABS {
            for control in lab.sheet().controls {
                let Kind::Number(number) = &control.kind else { continue };
                let beyond = (u64::from(number.max) + 1).to_string();
                for (given, used) in [(beyond.as_str(), number.max), ("-1", number.min)] {
                    let (query, notices) = parse(lab.slug, &[&format!("--{}", control.name), given]);
                    assert!(format!("{query}&").contains(&format!("&{}={used}&", control.name)), "{query}");
                    let named: Vec<_> = notices.iter().map(|notice| notice.argument.as_str()).collect();
                    assert_eq!(named, [control.name.as_str()]);
                }
            }
        }
    }

    #[test]
    fn every_control_has_its_option_its_range_and_its_help() {
        for lab in LABS {
            let sheet = lab.sheet();
            let help = of_lab(lab.slug, &sheet).render_long_help().to_string();
            let has = |part: &str| assert!(help.contains(part), "{}: {part} is not in:\n{help}", lab.slug);
            has(&sheet.question);
            for control in &sheet.controls {
                has(&format!("--{} <", control.name));
                has(&control.help);
                if let Kind::Number(number) = &control.kind {
                    has(&format!("[{}–{}", number.min, number.max));
                    has(&format!("{}, default {}]", number.unit, number.default));
                }
                for option in control.options() {
                    has(&format!("  {} ", option.slug));
                    has(&option.help);
                }
            }
        }
    }

    #[test]
    fn whoever_names_no_lab_is_told_which_there_are() {
        for line in [["interleave", "run", "nonsense"], ["interleave", "nonsense", "run"]] {
            let error = with_labs(command().try_get_matches_from(line).unwrap_err());
            let text = error.render().to_string();
            assert!(LABS.iter().all(|lab| text.contains(lab.slug)), "{text}");
            assert_eq!(error.exit_code(), 2);
        }
    }
}
