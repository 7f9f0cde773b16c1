//! The memory to walk through, and the paths through it.

use crate::kernel::{burn, seed};
use interleave_threads::{Error, Pause};

/// The distance from place to place, in bytes: the cache line of most processors, half of one on some.
pub(super) const LINE_BYTES: usize = 64;
/// How many cells a line has. Each path uses its own, so that all paths exist at once, however large the sets.
const CELLS: usize = LINE_BYTES / size_of::<u32>();
/// How many lines are laid out between two checks for a stop: less than a millisecond.
const CHUNK: usize = 4096;

/// Memory in lines, with paths through it: each cell of a path holds the index of the next. A path visits every line of
/// a set once, then starts again.
#[derive(Debug, Default)]
pub(super) struct Field {
    cells: Vec<u32>,
}

impl Field {
    /// Allocates the largest of `sets` (sizes in bytes, the largest last, at most 15), with a path in random order
    /// through each, numbered from 0; the next number is a path through the largest in address order.
    ///
    /// # Errors
    /// [`Error::Memory`] if there is no room; [`Error::Stopped`] if the run is stopped.
    pub(super) async fn lay_out(sets: &[usize], pause: &impl Pause) -> Result<Field, Error> {
        let lines = sets.last().map_or(0, |bytes| bytes / LINE_BYTES);
        let mut cells = room(lines)?;
        while cells.len() < lines * CELLS {
            let more = CHUNK.min(lines - cells.len() / CELLS);
            cells.resize(cells.len() + more * CELLS, 0);
            pause.breathe().await?;
        }
        let mut field = Field { cells };
        for (path, bytes) in sets.iter().enumerate() {
            field.path_at_random(path, bytes / LINE_BYTES, pause).await?;
        }
        field.path_in_order(sets.len(), lines, pause).await?;
        Ok(field)
    }

    /// Where path `path` starts.
    pub(super) fn start(path: usize) -> u32 {
        path as u32
    }

    /// Follows a path from `at` for `steps` steps; returns where that leads. Each load yields the place of the next.
    #[inline(never)]
    pub(super) fn follow(&self, mut at: u32, steps: u32) -> u32 {
        let cells = &self.cells[..];
        let mut left = steps;
        // Not a `for` loop: without optimisation, that takes longer than a cache.
        while left > 0 {
            at = cells[at as usize];
            left -= 1;
        }
        at
    }

    /// One cycle through all `lines` in random order: Sattolo's algorithm ("An algorithm to generate a random cyclic permutation",
    /// 1986). From the last line down, each is swapped with a random one below it.
    async fn path_at_random(&mut self, path: usize, lines: usize, pause: &impl Pause) -> Result<(), Error> {
        for line in 0..lines {
            self.cells[line * CELLS + path] = (line * CELLS + path) as u32;
            if line % CHUNK == 0 {
                pause.breathe().await?;
            }
        }
        let mut random = seed(path as u32);
        for line in (1..lines).rev() {
            random = burn(random, 1);
            // The upper half, scaled to below `line`: as uniform as 32 bits allow.
            let other = ((random >> 32) * line as u64) >> 32;
            self.cells.swap(line * CELLS + path, other as usize * CELLS + path);
            if line % CHUNK == 0 {
                pause.breathe().await?;
            }
        }
        Ok(())
    }

    async fn path_in_order(&mut self, path: usize, lines: usize, pause: &impl Pause) -> Result<(), Error> {
        for line in 0..lines {
            let next = if line + 1 < lines { line + 1 } else { 0 };
            self.cells[line * CELLS + path] = (next * CELLS + path) as u32;
            if line % CHUNK == 0 {
                pause.breathe().await?;
            }
        }
        Ok(())
    }
}

/// Room for this many lines, empty.
fn room(lines: usize) -> Result<Vec<u32>, Error> {
    let mut cells = Vec::new();
    let refused = || {
        let mb = lines.saturating_mul(LINE_BYTES) >> 20;
        Error::Memory(format!(
            "{mb} MB in one piece were refused. Choose a smaller largest set, or close other tabs or programs"
        ))
    };
    let wanted = lines.checked_mul(CELLS).ok_or_else(refused)?;
    cells.try_reserve_exact(wanted).map_err(|_| refused())?;
    Ok(cells)
}

#[cfg(test)]
mod tests {
    use super::*;
    use interleave_threads::{Blocking, Cancel, block_on};
    use std::sync::Arc;

    fn lay_out(lines: &[usize]) -> Field {
        let sets: Vec<_> = lines.iter().map(|lines| lines * LINE_BYTES).collect();
        block_on(Field::lay_out(&sets, &Blocking(Arc::default()))).unwrap()
    }

    fn visited(field: &Field, path: usize, lines: usize) -> Vec<usize> {
        let mut at = Field::start(path);
        let visit = |_| {
            assert_eq!(at as usize % CELLS, path, "left its path");
            let line = at as usize / CELLS;
            at = field.follow(at, 1);
            line
        };
        let visited = (0..lines).map(visit).collect();
        assert_eq!(at, Field::start(path), "a path is a cycle");
        visited
    }

    #[test]
    fn every_path_visits_every_line_of_its_set_once() {
        for smallest in 1..40 {
            let sets = [smallest, smallest + 1, 5 * smallest, 9000 + smallest];
            let field = lay_out(&sets);
            for (path, &lines) in sets.iter().enumerate() {
                let mut visited = visited(&field, path, lines);
                assert!(lines < 500 || visited.windows(2).filter(|pair| pair[0] + 1 == pair[1]).count() < lines / 100);
                visited.sort_unstable();
                assert_eq!(visited, (0..lines).collect::<Vec<_>>(), "{sets:?} {path}");
            }
            let largest = sets[3];
            assert_eq!(visited(&field, 4, largest), (0..largest).collect::<Vec<_>>());
        }
    }

    #[test]
    fn following_goes_as_many_steps_as_asked() {
        let field = lay_out(&[10]);
        assert_eq!(field.follow(Field::start(1), 23) as usize, 3 * CELLS + 1);
    }

    #[test]
    fn memory_that_is_refused_is_an_error_and_the_next_run_works() {
        for bytes in [usize::MAX, usize::MAX / 4] {
            match block_on(Field::lay_out(&[bytes], &Blocking(Arc::default()))) {
                Err(Error::Memory(why)) => assert!(why.contains("Choose a smaller largest set"), "{why}"),
                other => panic!("{other:?}"),
            }
        }
        assert_eq!(visited(&lay_out(&[3]), 0, 3).len(), 3);
    }

    #[test]
    fn laying_out_obeys_a_stop() {
        let cancel = Arc::<Cancel>::default();
        cancel.stop();
        let stopped = block_on(Field::lay_out(&[1 << 20], &Blocking(cancel)));
        assert_eq!(stopped.err(), Some(Error::Stopped));
    }
}
