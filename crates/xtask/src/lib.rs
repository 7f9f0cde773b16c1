//! The workspace's own build: set-up, the two wasm modules, a server, the tests.
//!
//! `cargo xtask <command>` is the only entry point a newcomer needs. It is a library too, so that the browser tests can
//! serve the built site exactly as `cargo xtask serve` does ([`server`]) and check the engine ([`engine_module`]).

pub mod bench;
pub mod browsers;
pub mod build;
pub mod check;
pub mod deny;
pub mod engine_module;
pub mod files;
pub mod packages;
pub mod platform;
pub mod serve;
pub mod server;
pub mod setup;
pub mod step;
pub mod toolchain;
pub mod tools;
pub mod workspace;
