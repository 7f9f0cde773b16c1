//! What memory a process and its threads take, as far as they can tell themselves.

/// Bytes of stack for a thread in a browser: small enough that many threads fit into one memory, and far more than most of them need.
pub const STACK_BYTES: u32 = 512 << 10;

/// Bytes of memory that this process has and no other one; `None` where it cannot tell.
///
/// In a browser the whole memory of its instance of the module. On Linux the pages in RAM that only it has, by
/// `/proc/self/smaps_rollup`: the system walks its page tables for that, so it is exact.
#[must_use]
pub fn own_memory() -> Option<u64> {
    imp::own_memory()
}

/// Bytes of stack that each thread is given when it starts; `None` natively, where a stack takes memory as it grows.
#[must_use]
pub fn thread_stack() -> Option<u64> {
    imp::thread_stack()
}

#[cfg(not(target_arch = "wasm32"))]
mod imp {
    pub(super) fn own_memory() -> Option<u64> {
        private(&std::fs::read_to_string("/proc/self/smaps_rollup").ok()?)
    }

    pub(super) fn thread_stack() -> Option<u64> {
        None
    }

    /// The private pages, clean and written to, in bytes.
    fn private(rollup: &str) -> Option<u64> {
        let kilobytes = |name: &str| -> Option<u64> {
            let line = rollup.lines().find_map(|line| line.strip_prefix(name))?;
            line.trim().strip_suffix("kB")?.trim().parse().ok()
        };
        Some((kilobytes("Private_Clean:")? + kilobytes("Private_Dirty:")?) * 1024)
    }

    #[cfg(test)]
    mod tests {
        use super::*;

        #[test]
        fn private_pages_are_summed_up_and_what_is_no_rollup_is_nothing() {
            let rollup = "00400000-7fff [rollup]\nRss:   884 kB\nShared_Clean: 600 kB\nPrivate_Clean:  8 kB\nPrivate_Dirty: 176 kB\n";
            assert_eq!(private(rollup), Some(184 * 1024));
            assert_eq!(private("Private_Clean: many kB\nPrivate_Dirty: 1 kB"), None);
            assert_eq!(private(""), None);
        }

        #[test]
        fn memory_that_is_written_to_is_seen() {
            let Some(before) = own_memory() else { return };
            let bytes = std::hint::black_box(vec![1_u8; 8 << 20]);
            let grown = own_memory().unwrap().saturating_sub(before);
            assert!(grown >= bytes.len() as u64 / 2, "{grown}");
        }
    }
}

#[cfg(target_arch = "wasm32")]
mod imp {
    use crate::web;

    const PAGE: u64 = 65_536;

    pub(super) fn own_memory() -> Option<u64> {
        Some(core::arch::wasm32::memory_size::<0>() as u64 * PAGE)
    }

    pub(super) fn thread_stack() -> Option<u64> {
        Some(web::stack_bytes().into())
    }
}
