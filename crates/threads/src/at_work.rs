//! Who is at work in this memory: what has to come to an end before a stopped run is over.

use std::sync::atomic::{AtomicU32, Ordering};

pub(crate) static AT_WORK: AtomicU32 = AtomicU32::new(0);

/// Something that is at work until this is dropped. Whoever only waits for others is not at work.
#[derive(Debug)]
pub struct AtWork(());

impl AtWork {
    /// Is at work from now on.
    #[must_use]
    pub fn begin() -> AtWork {
        AT_WORK.fetch_add(1, Ordering::AcqRel);
        AtWork(())
    }
}

impl Drop for AtWork {
    fn drop(&mut self) {
        AT_WORK.fetch_sub(1, Ordering::AcqRel);
    }
}
