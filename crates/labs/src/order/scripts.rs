//! The scripts that come along, and the queries that set them.

use crate::script::{Script, preset, query};

/// The scripts, the default first.
pub(super) const SCRIPTS: [Script; 7] = [
    preset!("equal_sleeps", "Equal sleeps", "All sleep for the same time: who wakes up first?"),
    preset!("different_sleeps", "Different sleeps", "Whoever starts later sleeps for a shorter time"),
    preset!("close_sleeps", "Close sleeps", "Each sleeps a little less than the one before"),
    preset!("random_sleeps", "Random sleeps", "Each draws how long it sleeps"),
    preset!("computing", "Computing", "Nobody sleeps: three threads count"),
    preset!("one_by_one", "One by one", "Each is joined before the next one starts"),
    preset!("after_you", "After you", "All sleep, and each waits for the one before it"),
];

pub(super) const EQUAL: &str = query!("equal_sleeps");
pub(super) const DIFFERENT: &str = query!("different_sleeps");
/// As close as they are, for as long as the script says.
pub(super) const CLOSE: &str = query!("close_sleeps", "&second=20");
pub(super) const RANDOM: &str = query!("random_sleeps");
pub(super) const AFTER_YOU: &str = query!("after_you");

#[cfg(test)]
mod tests {
    use super::*;
    use crate::script::check_all;

    #[test]
    fn all_scripts_are_there_and_can_be_set() {
        check_all(&SCRIPTS, "order");
    }
}
