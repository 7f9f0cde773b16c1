//! `cargo xtask`: set up, build, serve, test.

use std::{
    net::{IpAddr, Ipv4Addr},
    process::ExitCode,
};

use anyhow::Result;
use clap::{Parser, Subcommand};
use interleave_xtask::{
    bench::{self, Bench},
    build, check, serve, setup,
    workspace::Workspace,
};

/// Everything this workspace can do, from a fresh clone on.
#[derive(Parser)]
#[command(name = "cargo xtask", bin_name = "cargo xtask")]
struct Cli {
    #[command(subcommand)]
    command: Task,
}

#[derive(Subcommand)]
enum Task {
    /// Install what the build needs. Done by every other command too.
    Setup,
    /// Build the optimised static site in dist/, which works at any path of any host.
    Dist {
        /// Where the site will be, such as https://example.org/interleave/: some of those who show links to it find its picture only by
        /// a whole address.
        #[arg(long)]
        address: Option<String>,
    },
    /// Build the site and serve it on this machine.
    Serve {
        /// The port; if it is taken, the next free one.
        #[arg(long, default_value_t = 8080)]
        port: u16,
        /// The address to listen on. Browsers isolate pages at 127.0.0.1 and over https alone.
        #[arg(long, default_value_t = IpAddr::V4(Ipv4Addr::LOCALHOST))]
        host: IpAddr,
    },
    /// Test all crates on this machine, then the built site in the browsers that it has.
    Test,
    /// Check formatting, clippy for this machine and for wasm, the documentation, and third-party crates.
    Lint,
    /// Lint, then test.
    Ci,
    /// Take the pictures of the README from the built site.
    Picture {
        /// Passed on to the program.
        #[arg(trailing_var_arg = true, allow_hyphen_values = true)]
        arguments: Vec<String>,
    },
    /// Take pictures of every lab on every screen, to look at: a folder, and names of labs.
    Screens {
        /// Passed on to the program.
        #[arg(trailing_var_arg = true, allow_hyphen_values = true)]
        arguments: Vec<String>,
    },
    /// Record a run of each lab, which is shown where nothing can be measured.
    Record {
        /// Passed on to the program.
        #[arg(trailing_var_arg = true, allow_hyphen_values = true)]
        arguments: Vec<String>,
    },
    /// Run all labs many times, with random settings, stops and changes, in Chromium and Firefox.
    Soak {
        /// Passed on to the program: `--runs`, `--seed`, and names of browsers.
        #[arg(trailing_var_arg = true, allow_hyphen_values = true)]
        arguments: Vec<String>,
    },
    /// Measure the engine and the built site beside their peers, and write BENCHMARKS.md.
    Bench(Bench),
}

fn main() -> ExitCode {
    match run(Cli::parse()) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            // Not `{:?}`: where RUST_BACKTRACE is set, a backtrace of ours would bury what the failed step said.
            eprintln!("error: {error:#}");
            ExitCode::FAILURE
        }
    }
}

fn run(cli: Cli) -> Result<()> {
    let workspace = Workspace::find()?;
    match cli.command {
        Task::Setup => setup::all(&workspace),
        Task::Dist { address } => build::dist(&workspace, &setup::for_build(&workspace)?, address.as_deref()),
        Task::Serve { port, host } => {
            build::dist(&workspace, &setup::for_build(&workspace)?, None)?;
            serve::run(&workspace, host, port)
        }
        Task::Test => check::test(&workspace),
        Task::Lint => check::lint(&workspace),
        Task::Ci => check::ci(&workspace),
        Task::Picture { arguments } => check::run_in_browser(&workspace, "picture", &arguments),
        Task::Screens { arguments } => check::run_in_browser(&workspace, "screens", &arguments),
        Task::Record { arguments } => check::run_in_browser(&workspace, "record", &arguments),
        Task::Soak { arguments } => check::run_in_browser(&workspace, "soak", &arguments),
        Task::Bench(wanted) => bench::run(&workspace, &wanted),
    }
}
