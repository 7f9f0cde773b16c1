//! Functions that choose among things, by their indices.

use super::Random;
use crate::text::Fault;
use hashbrown::HashTable;

/// What the choices of [`Random::choices`] weigh.
#[derive(Clone, Copy, Debug)]
pub enum Weights<'a> {
    /// All the same.
    Equal,
    /// `cum_weights`: each with the sum of those before it. `weights` are summed up by the caller.
    Cumulative(&'a [f64]),
}

impl Random {
    /// `choice` among `number` things.
    ///
    /// # Errors
    /// If there are none. The exception is `IndexError`, so only its message is told.
    pub fn choice(&mut self, number: usize) -> Result<usize, &'static str> {
        if number == 0 { Err("Cannot choose from an empty sequence") } else { Ok(self.index_below(number)) }
    }

    /// `shuffle` of `number` things: the pairs to exchange, one after the other.
    pub fn shuffle(&mut self, number: usize) -> impl Iterator<Item = (usize, usize)> {
        (1..number).rev().map(move |one| (one, self.index_below(one + 1)))
    }

    /// `sample` of `number` among `population` things. With counts, the population is their sum, and an index is to be found in it.
    ///
    /// # Errors
    /// If there are not so many.
    pub fn sample(&mut self, population: usize, number: usize) -> Result<Vec<usize>, Fault> {
        if number > population {
            return Err(Fault::Value("Sample larger than population or is negative".to_owned()));
        }
        if population <= set_size(number) {
            let mut pool: Vec<usize> = (0..population).collect();
            let mut take = |left: usize| {
                let place = self.index_below(left);
                pool.swap_remove(place)
            };
            return Ok((0..number).map(|taken| take(population - taken)).collect());
        }
        let mut taken: HashTable<usize> = HashTable::new();
        let spread = |place: &usize| (*place as u64).wrapping_mul(0x9E37_79B9_7F4A_7C15);
        let mut take = || {
            loop {
                let place = self.index_below(population);
                let hash = spread(&place);
                if taken.find(hash, |other| *other == place).is_none() {
                    taken.insert_unique(hash, place, spread);
                    return place;
                }
            }
        };
        Ok((0..number).map(|_| take()).collect())
    }

    /// `choices` of `number` among `population` things, each of which can be chosen again.
    ///
    /// # Errors
    /// If the weights are none. `choices` of nothing is an `IndexError` of Python's lists: the caller sees to it.
    pub fn choices(&mut self, population: usize, weights: Weights, number: usize) -> Result<Vec<usize>, Fault> {
        let Weights::Cumulative(sums) = weights else {
            return Ok((0..number).map(|_| (self.random() * population as f64) as usize).collect());
        };
        let fault = |message: &str| Err(Fault::Value(message.to_owned()));
        if sums.len() != population {
            return fault("The number of weights does not match the population");
        }
        let total = sums.last().copied().unwrap_or(0.0);
        if total <= 0.0 {
            return fault("Total of weights must be greater than zero");
        }
        if !total.is_finite() {
            return fault("Total of weights must be finite");
        }
        // The last is chosen, however the sum was rounded.
        let others = &sums[..population - 1];
        let mut choose = || {
            let place = self.random() * total;
            others.partition_point(|&sum| sum <= place)
        };
        Ok((0..number).map(|_| choose()).collect())
    }
}

/// The size of population up to which a list of it takes less memory than a set of the sample, as CPython reckons.
fn set_size(number: usize) -> usize {
    if number <= 5 {
        return 21;
    }
    let power = ((number * 3) as f64).ln() / 4_f64.ln();
    21 + 4_usize.saturating_pow(power.ceil() as u32)
}
