//! The scripts that come along, and the queries that set them.

use crate::script::{Script, preset, query};

/// The scripts, the default first.
pub(super) const SCRIPTS: [Script; 12] = [
    preset!("daemon", "Daemon", "Does a daemon still print when all the others are done?"),
    preset!("finishing_order", "Who is first?", "Five threads sleep for the same time"),
    preset!("without_join", "Without join", "Nobody waits for the thread, and yet it prints"),
    preset!("daemon_or_not", "Daemon or not", "The program waits for the one and not for the other"),
    preset!("thread_subclass", "A subclass", "A class of one’s own for threads"),
    preset!("executor", "Executor", "Three tasks, and two threads to do them"),
    preset!("cpu_bound", "Computing", "Two threads compute, with the GIL and without"),
    preset!("processes", "Processes", "Each has a memory of its own"),
    preset!("lost_update", "Lost update", "Two threads add to one counter"),
    preset!("deadlock", "Deadlock", "Each thread waits for the other’s lock"),
    preset!("producer_consumer", "A queue", "One thread makes what another uses"),
    preset!("same_work_by_asyncio", "asyncio", "The same waits with one thread"),
];

/// The race of the daemon with the end of the program, again and again.
pub(super) const DAEMON_OFTEN: &str = query!("daemon", "&gil=on&times=10");
/// Threads that compute, and the lock changes hands seldom.
pub(super) const SELDOM: &str = query!("cpu_bound", "&interval=100");
pub(super) const WITHOUT_JOIN: &str = query!("without_join");
pub(super) const DAEMON_OR_NOT: &str = query!("daemon_or_not");
pub(super) const CPU_BOUND: &str = query!("cpu_bound");
pub(super) const LOST_UPDATE: &str = query!("lost_update");
pub(super) const DEADLOCK: &str = query!("deadlock");

#[cfg(test)]
mod tests {
    use super::*;
    use crate::script::check_all;

    #[test]
    fn all_scripts_are_there_and_can_be_set() {
        check_all(&SCRIPTS, "python");
    }

    #[test]
    fn a_query_can_set_more() {
        let pairs: Vec<_> = form_urlencoded::parse(DAEMON_OFTEN.as_bytes()).into_owned().collect();
        let pair = |name: &str, value: &str| (name.to_owned(), value.to_owned());
        assert_eq!(pairs, [pair("script", SCRIPTS[0].text), pair("gil", "on"), pair("times", "10")]);
    }
}
