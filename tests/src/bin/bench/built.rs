//! What is measured: a build of the site, of the probes, and of the programs of this machine.

use interleave_xtask::server::{Options, Server};
use std::path::PathBuf;

/// One build of everything.
#[derive(Clone, Debug)]
pub struct Built {
    /// Whose: "this commit", or a commit's name.
    pub name: String,
    /// The folder with the sites `app`, `probes`, `counter` and `rayon`.
    pub folder: PathBuf,
    /// The probes' program.
    pub native: PathBuf,
    /// The labs' program.
    pub cli: PathBuf,
}

impl Built {
    /// What `cargo xtask bench` has built of the commit that is checked out.
    pub fn here() -> Built {
        Built::from_xtask("this commit".to_owned(), "INTERLEAVE_BENCH")
    }

    /// What it has built of the commit to compare with, if it was asked to.
    pub fn other() -> Option<Built> {
        let name = std::env::var("INTERLEAVE_BENCH_OTHER").ok()?;
        Some(Built::from_xtask(name, "INTERLEAVE_BENCH_OTHER"))
    }

    fn from_xtask(name: String, start: &str) -> Built {
        let path = |what: &str| PathBuf::from(e2e::from_xtask(&format!("{start}_{what}")));
        Built { name, folder: path("SITE"), native: path("NATIVE"), cli: path("CLI") }
    }

    /// Serves one of its sites, isolated.
    pub fn serve(&self, site: &str) -> Server {
        Server::start(Options::new(self.folder.join(site))).expect("a port")
    }
}
