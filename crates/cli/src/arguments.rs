//! The command line's arguments: the labs' own, under the names they have in the URL.

use clap::{Arg, ArgAction, ArgMatches, Command};
use interleave_labs::compare::{Args, CONTROLS, Mode};
use interleave_labs::{LABS, Notice};

/// What the command line asks for.
pub struct Asked {
    /// The lab's arguments.
    pub args: Args,
    /// What had to be corrected.
    pub notices: Vec<Notice>,
    /// Whether to print the result as JSON.
    pub json: bool,
}

/// Reads the command line; prints help or what is wrong with it, and ends the program, where it asks for nothing to run.
pub fn from_command_line() -> Asked {
    let matches = command().get_matches();
    let Some(("run", run)) = matches.subcommand() else { unreachable!("clap asks for a subcommand") };
    let Some((_, compare)) = run.subcommand() else { unreachable!("clap asks for a lab") };
    let (args, notices) = Args::from_query(&query(compare));
    Asked { args, notices, json: compare.get_flag("json") }
}

/// The arguments in the URL's form, so that both are read, corrected and explained by the same code.
fn query(matches: &ArgMatches) -> String {
    let mut query = form_urlencoded::Serializer::new(String::new());
    let names = CONTROLS.iter().map(|control| control.name).chain(["modes", "plan"]);
    for name in names {
        if let Some(value) = matches.get_one::<String>(name) {
            query.append_pair(name, value);
        }
    }
    query.finish()
}

fn command() -> Command {
    let labs = LABS.iter().map(|lab| match lab.slug {
        "compare" => compare(),
        slug => Command::new(slug).about(lab.question),
    });
    Command::new("interleave")
        .version(env!("CARGO_PKG_VERSION"))
        .about("See what threads really do: the labs of the page, on this machine's own threads and processes")
        .subcommand_required(true)
        .arg_required_else_help(true)
        .subcommand(
            Command::new("run")
                .about("Run a lab and print what was measured")
                .subcommand_required(true)
                .arg_required_else_help(true)
                .subcommands(labs),
        )
}

fn compare() -> Command {
    let modes = Mode::ALL.map(|mode| format!("  {:<11} {}", mode.slug(), mode.how()));
    let mut command = Command::new("compare")
        .about("Run the same tasks sequentially, concurrently and in parallel")
        .after_help(format!(
            "Modes:\n{}\n\nA plan lists tasks one by one: s200 sleeps 200 ms, c30 computes 30 ms, a dot puts parts one after \
             the other, *5 makes five such tasks, + adds others: c30.s200*4+c120*2",
            modes.join("\n")
        ));
    for control in &CONTROLS {
        let unit = if control.unit.trim().is_empty() { String::new() } else { format!(" {}", control.unit.trim()) };
        let help = format!("{} [{}–{}{unit}, default {}]", control.help, control.min, control.max, control.default);
        command =
            command.arg(Arg::new(control.name).long(control.name).value_name("N").allow_hyphen_values(true).help(help));
    }
    command
        .arg(Arg::new("modes").long("modes").value_name("MODES").help("Which modes run, with commas [default: all]"))
        .arg(Arg::new("plan").long("plan").value_name("PLAN").help("Tasks one by one, instead of tasks, sleep and cpu"))
        .arg(
            Arg::new("json")
                .long("json")
                .action(ArgAction::SetTrue)
                .help("Print the result as JSON (interleave/result@1)"),
        )
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parse(arguments: &[&str]) -> (Args, Vec<Notice>) {
        let line = ["interleave", "run", "compare"].iter().chain(arguments);
        let matches = command().try_get_matches_from(line).unwrap();
        let run = matches.subcommand_matches("run").unwrap();
        Args::from_query(&query(run.subcommand_matches("compare").unwrap()))
    }

    #[test]
    fn the_command_is_consistent() {
        command().debug_assert();
    }

    #[test]
    fn arguments_mean_what_they_mean_in_the_url() {
        let line = ["--tasks", "3", "--sleep", "10", "--modes", "pool,sequential", "--plan", "c30.s200*4+c120*2"];
        let (args, notices) = parse(&line);
        assert_eq!(notices, []);
        assert_eq!(args, Args::from_query("tasks=3&sleep=10&modes=sequential,pool&plan=c30.s200*4+c120*2").0);
    }

    #[test]
    fn what_is_out_of_range_is_corrected_and_said() {
        let (args, notices) = parse(&["--tasks", "99999", "--sleep", "-1"]);
        assert_eq!((args.tasks, args.sleep), (64, 0));
        assert_eq!(notices.iter().map(|notice| notice.argument.as_str()).collect::<Vec<_>>(), ["tasks", "sleep"]);
    }

    #[test]
    fn every_control_has_its_option_and_its_help() {
        let help = compare().render_long_help().to_string();
        for control in &CONTROLS {
            assert!(help.contains(&format!("--{}", control.name)), "{}", control.name);
        }
        for mode in Mode::ALL {
            assert!(help.contains(mode.slug()));
        }
    }
}
