//! A tour: a sample of registers, of each set in random order, and of the largest in address order, again and again.

use super::field::{Field, LINE_BYTES};
use interleave_labs::memory::{Data, Set};
use interleave_threads::{Cancel, Error, Pause, Stopped, now_us};
use interleave_trace::mean;
use std::hint::black_box;

/// Steps between two checks of the cancel word: a millisecond if each takes as long as memory.
const CHUNK: u32 = 4096;
/// Operations in one round of the register chain.
const ROUND: u32 = 8;

/// The stops of a tour, in the order of a turn.
#[derive(Debug)]
pub(super) struct Tour {
    field: Option<Field>,
    sets: Vec<usize>,
    walks: Vec<Walk>,
    sample_us: f64,
}

/// A stop of the tour, with its samples.
#[derive(Debug)]
struct Walk {
    way: Way,
    /// How many steps it takes to visit every place once.
    places: u64,
    /// How many steps a sample has; 0 before the first one.
    steps: u64,
    /// Where the last step led, in the field.
    at: u32,
    /// The samples.
    ns: Vec<f64>,
}

#[derive(Clone, Copy, Debug)]
enum Way {
    /// Operations in registers.
    Registers,
    /// Loads in random order from the set with this number.
    AtRandom(usize),
    /// Loads in address order from the largest set.
    InOrder,
}

impl Tour {
    /// A tour through `sets` (sizes in bytes, smallest first) and, if `in_order`, also through the largest in address
    /// order. A sample takes about `sample_us` microseconds.
    pub(super) fn new(sets: &[u32], in_order: bool, sample_us: f64) -> Tour {
        let sets: Vec<usize> = sets.iter().map(|bytes| *bytes as usize).collect();
        let walk = |way, path, bytes: usize| {
            let places = (bytes / LINE_BYTES) as u64;
            Walk { way, places, steps: 0, at: Field::start(path), ns: Vec::new() }
        };
        let mut walks = vec![walk(Way::Registers, 0, 0)];
        walks.extend(sets.iter().enumerate().map(|(path, bytes)| walk(Way::AtRandom(path), path, *bytes)));
        walks.extend(sets.last().filter(|_| in_order).map(|bytes| walk(Way::InOrder, sets.len(), *bytes)));
        Tour { field: None, sets, walks, sample_us }
    }

    /// Takes a sample at every stop. The first turn also allocates the memory, and takes longer.
    ///
    /// # Errors
    /// [`Error::Stopped`] if the run is stopped; [`Error::Memory`] if there is no room.
    pub(super) async fn turn(&mut self, cancel: &Cancel, pause: &impl Pause) -> Result<(), Error> {
        if self.field.is_none() {
            let field = self.field.insert(Field::lay_out(&self.sets, pause).await?);
            // Browsers optimise code only once it has run for a while.
            for walk in self.walks.iter_mut().take(2) {
                walk.steps_in(self.sample_us, field, cancel)?;
                pause.breathe().await?;
            }
        }
        let Some(field) = &self.field else { return Ok(()) };
        for walk in &mut self.walks {
            walk.warm_up(field, pause).await?;
            if walk.steps == 0 {
                walk.steps = walk.steps_in(self.sample_us, field, cancel)?;
            }
            pause.breathe().await?;
            let took_us = walk.time(walk.steps, field, cancel)?;
            // Never shorter than the clock can measure.
            walk.ns.push(mean(took_us.max(1.0) * 1000.0, walk.steps as f64));
            if took_us < self.sample_us / 2.0 {
                walk.steps *= 2;
            }
        }
        Ok(())
    }

    /// What has been measured so far.
    pub(super) fn data(&self) -> Data {
        let mut data = Data::default();
        for walk in &self.walks {
            let ns = walk.ns.clone();
            match walk.way {
                Way::Registers => data.register_ns = ns,
                Way::AtRandom(path) => data.sets.push(Set { bytes: self.sets[path] as u32, ns }),
                Way::InOrder => data.in_order_ns = ns,
            }
        }
        data
    }
}

impl Walk {
    /// Visits every place once, so that caches have what they can hold.
    async fn warm_up(&mut self, field: &Field, pause: &impl Pause) -> Result<(), Stopped> {
        let mut done = 0;
        while done < self.places.max(u64::from(CHUNK)) {
            self.go(CHUNK, field);
            done += u64::from(CHUNK);
            pause.breathe().await?;
        }
        Ok(())
    }

    /// Finds how many steps take about `sample_us`, doubling them until the clock can measure it. The code gets
    /// compiled on the way.
    fn steps_in(&mut self, sample_us: f64, field: &Field, cancel: &Cancel) -> Result<u64, Stopped> {
        let mut steps = u64::from(CHUNK);
        loop {
            let took_us = self.time(steps, field, cancel)?;
            if took_us >= sample_us / 4.0 {
                let sample = (steps as f64 * sample_us / took_us) as u64;
                return Ok(sample.max(1).next_multiple_of(u64::from(CHUNK)));
            }
            steps *= 2;
        }
    }

    /// How long `steps` steps take, a multiple of [`CHUNK`], in microseconds.
    fn time(&mut self, steps: u64, field: &Field, cancel: &Cancel) -> Result<f64, Stopped> {
        let start_us = now_us();
        for _ in 0..steps / u64::from(CHUNK) {
            cancel.check()?;
            self.go(CHUNK, field);
        }
        Ok((now_us() - start_us) as f64)
    }

    fn go(&mut self, steps: u32, field: &Field) {
        self.at = match self.way {
            Way::Registers => {
                operate(u64::from(self.at), black_box(0x9E37_79B9_7F4A_7C15), black_box(1), steps / ROUND) as u32
            }
            Way::AtRandom(_) | Way::InOrder => field.follow(self.at, steps),
        };
    }
}

/// Operations on registers: alternating additions and exclusive ors, [`ROUND`] in each round. Each needs the result of
/// the one before, and no algebra merges several, so neither a compiler nor a core can do two at once.
#[inline(never)]
fn operate(mut value: u64, add: u64, flip: u64, rounds: u32) -> u64 {
    let mut left = rounds;
    while left > 0 {
        value = value.wrapping_add(add) ^ flip;
        value = value.wrapping_add(add) ^ flip;
        value = value.wrapping_add(add) ^ flip;
        value = value.wrapping_add(add) ^ flip;
        left -= 1;
    }
    value
}

#[cfg(test)]
mod tests {
    use super::*;
    use interleave_threads::{Blocking, block_on};
    use std::sync::Arc;

    #[test]
    fn a_turn_has_a_sample_of_everything() {
        let cancel = Arc::<Cancel>::default();
        let mut tour = Tour::new(&[4096, 8192], true, 100.0);
        for turn in 1..4 {
            block_on(tour.turn(&cancel, &Blocking(cancel.clone()))).unwrap();
            let data = tour.data();
            assert_eq!(
                data.sets.iter().map(|set| (set.bytes, set.ns.len())).collect::<Vec<_>>(),
                [(4096, turn), (8192, turn)]
            );
            assert_eq!((data.register_ns.len(), data.in_order_ns.len()), (turn, turn));
        }
        cancel.stop();
        assert_eq!(block_on(tour.turn(&cancel, &Blocking(cancel.clone()))), Err(Error::Stopped));
    }

    #[test]
    fn without_address_order_there_is_none_of_it() {
        let cancel = Arc::<Cancel>::default();
        let mut tour = Tour::new(&[4096], false, 100.0);
        block_on(tour.turn(&cancel, &Blocking(cancel.clone()))).unwrap();
        assert!(tour.data().in_order_ns.is_empty());
    }

    #[test]
    fn the_chain_does_every_operation() {
        let mut value = 7_u64;
        for _ in 0..2 * ROUND / 2 {
            value = value.wrapping_add(3) ^ 5;
        }
        assert_eq!(operate(7, 3, 5, 2), value);
    }
}
