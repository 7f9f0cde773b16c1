//! `cargo xtask serve`: the built site on a port of this machine, with the headers that make it isolated.

use std::{
    io::{self, ErrorKind},
    net::IpAddr,
};

use anyhow::{Context, Result};

use crate::{
    server::{Options, Server},
    workspace::Workspace,
};

/// How many ports after a taken one are tried.
const MORE_PORTS: u16 = 9;

/// Serves `dist/` until the program is ended.
pub fn run(workspace: &Workspace, host: IpAddr, port: u16) -> Result<()> {
    let server = start(host, &Options { port, ..Options::new(workspace.dist()) })
        .with_context(|| format!("cannot serve on port {port} of {host}"))?;
    println!("Serving {} (Ctrl-C stops)", server.url());
    server.wait();
    Ok(())
}

/// Starts on the wanted port or, if it is taken, on one of the next.
fn start(host: IpAddr, options: &Options) -> io::Result<Server> {
    let mut port = options.port;
    loop {
        match Server::start_at(host, Options { port, ..options.clone() }) {
            Err(error) if error.kind() == ErrorKind::AddrInUse && port < options.port.saturating_add(MORE_PORTS) => {
                println!("port {port} is taken; trying {}", port + 1);
                port += 1;
            }
            result => return result,
        }
    }
}

#[cfg(test)]
mod tests {
    use std::{env, net::Ipv4Addr};

    use super::*;

    #[test]
    fn a_taken_port_is_passed_over() {
        let host = IpAddr::V4(Ipv4Addr::LOCALHOST);
        let options = Options::new(env::temp_dir());
        let first = start(host, &options).unwrap();
        let taken: u16 = first.url().trim_end_matches('/').rsplit(':').next().unwrap().parse().unwrap();
        // The very last port has no next one to try.
        if let Ok(second) = start(host, &Options { port: taken, ..options }) {
            assert_ne!(first.url(), second.url());
        } else {
            assert_eq!(taken, u16::MAX);
        }
    }
}
