//! What running and exploring have in common on the command line.

use clap::{Arg, ArgAction, ArgMatches, Command, value_parser};
use interleave_machine::{Program, Setup, SetupError, Sharing, Watch, library};

/// The argument that names the program.
pub const PROGRAM: &str = "program";

/// Adds what both commands take.
pub fn with_common(command: Command) -> Command {
    let programs = library::PROGRAMS.iter().map(|entry| format!("  {}\n", entry.slug)).collect::<String>();
    command.after_help(format!("Programs that come along:\n{}", programs.trim_end())).arg_required_else_help(true).args(
        [
            Arg::new(PROGRAM)
                .value_name("PROGRAM")
                .required(true)
                .help("A file, or the name of a program that comes along"),
            option("threads", "N")
                .value_parser(value_parser!(usize))
                .help("How many threads, 1 to 10 [as the program says, or 2]"),
            option("args", "REGISTERS")
                .help("The threads' registers at the start: ax=1:bx=2,cx=3 is two of thread 0, one of thread 1"),
            option("load", "ADDRESS").value_parser(value_parser!(u32)).help("Where the code is loaded [1000]"),
            option("size", "KB").value_parser(value_parser!(u32)).help("The size of the memory, 1 to 1024 [128]"),
            flag("apart").help("Gives each thread a memory of its own, as processes have"),
            option("watch", "PLACES").help("Places in memory to watch: 2000,count [as the program says]"),
            option("regs", "REGISTERS").help("Registers to watch: ax,bx"),
            flag("json").help("Print JSON"),
        ],
    )
}

/// An option with a value.
pub fn option(name: &'static str, value: &'static str) -> Arg {
    Arg::new(name).long(name).value_name(value)
}

/// An option without one.
pub fn flag(name: &'static str) -> Arg {
    Arg::new(name).long(name).action(ArgAction::SetTrue)
}

/// An option's text, if it was given.
pub fn text<'a>(given: &'a ArgMatches, name: &str) -> Option<&'a str> {
    given.get_one::<String>(name).map(String::as_str)
}

/// How the program is to be run.
pub fn setup(given: &ArgMatches, program: &Program) -> Result<Setup, SetupError> {
    let said = Setup::of(program);
    let number = |name: &str| given.get_one::<u32>(name).copied();
    let threads = given.get_one("threads").copied().unwrap_or(said.threads);
    let mut arguments = said.arguments;
    if threads != said.threads && arguments.len() > 1 {
        // They are for as many threads as the program says.
        arguments.clear();
    }
    if let Some(text) = text(given, "args") {
        arguments = interleave_machine::arguments(text)?;
    }
    Ok(Setup {
        threads,
        arguments,
        load: number("load").unwrap_or(said.load),
        memory: number("size").unwrap_or(said.memory),
        sharing: if given.get_flag("apart") { Sharing::Nothing } else { Sharing::Memory },
    })
}

/// What is to be watched: what is not given is as the program says, but for registers where a program is explored, as they tell
/// apart what is else one outcome.
pub fn watch(given: &ArgMatches, program: &Program, its_registers: bool) -> Result<Watch, SetupError> {
    let (places, registers) = (text(given, "watch"), text(given, "regs"));
    let mut watch = Watch::parse(places.unwrap_or(""), registers.unwrap_or(""), program)?;
    let said = &program.directives.watch;
    if places.is_none() {
        watch.places.clone_from(&said.places);
    }
    if registers.is_none() && its_registers {
        watch.registers.clone_from(&said.registers);
    }
    Ok(watch)
}
