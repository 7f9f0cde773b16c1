//! The module `random` of CPython 3.11: the same numbers from the same seed. Functions that choose among things choose their indices.
//!
//! After `Lib/random.py` and `Modules/_randommodule.c`. Logarithms, powers, sines and cosines are the platform's: where they differ in
//! a last digit, so do the distributions made with them.

mod choose;
mod distributions;

#[cfg(test)]
mod against_python;

use crate::text::Fault;
use interleave_twister::Twister;
use num_bigint::{BigInt, BigUint, Sign};
use num_traits::{One, Signed, Zero};
use sha2::{Digest, Sha512};

pub use choose::Weights;

/// A generator: `random.Random`.
#[derive(Clone, Debug)]
pub struct Random {
    twister: Box<Twister>,
    /// The second number of the pair that `gauss` has made.
    next_gauss: Option<f64>,
}

impl Random {
    /// Seeded with a whole number, whose sign does not count.
    #[must_use]
    pub fn of_int(seed: &BigInt) -> Random {
        Random { twister: Box::new(Twister::of_words(&seed.magnitude().to_u32_digits())), next_gauss: None }
    }

    /// Seeded with bytes.
    #[must_use]
    pub fn of_bytes(seed: &[u8]) -> Random {
        let mut number = seed.to_vec();
        number.extend_from_slice(&Sha512::digest(seed));
        Random::of_int(&BigInt::from_bytes_be(Sign::Plus, &number))
    }

    /// Seeded with a text.
    #[must_use]
    pub fn of_str(seed: &str) -> Random {
        Random::of_bytes(seed.as_bytes())
    }

    /// `random()`: from 0 up to but without 1.
    pub fn random(&mut self) -> f64 {
        self.twister.random()
    }

    /// `getrandbits(bits)`: a whole number from 0 up to but without 2 to the power of `bits`.
    pub fn getrandbits(&mut self, bits: usize) -> BigInt {
        let (whole, rest) = (bits / 32, bits % 32);
        let mut words: Vec<u32> = (0..whole).map(|_| self.twister.word()).collect();
        if rest > 0 {
            words.push(self.twister.word() >> (32 - rest));
        }
        BigInt::from(BigUint::new(words))
    }

    /// `randbytes(number)`.
    pub fn randbytes(&mut self, number: usize) -> Vec<u8> {
        let mut bytes = self.getrandbits(number * 8).magnitude().to_bytes_le();
        bytes.resize(number, 0);
        bytes
    }

    /// A whole number from 0 up to but without `limit`, which is above 0.
    fn below(&mut self, limit: &BigInt) -> BigInt {
        let bits = usize::try_from(limit.bits()).unwrap_or(usize::MAX);
        loop {
            let number = self.getrandbits(bits);
            if number < *limit {
                return number;
            }
        }
    }

    /// An index below `limit`, which is above 0.
    fn index_below(&mut self, limit: usize) -> usize {
        let bits = usize::BITS - limit.leading_zeros();
        loop {
            let number = self.small_bits(bits);
            if number < limit as u64 {
                return number as usize;
            }
        }
    }

    /// At most 64 random bits.
    fn small_bits(&mut self, bits: u32) -> u64 {
        let low = u64::from(self.twister.word());
        match bits {
            0..=32 => low >> (32 - bits),
            _ => low | u64::from(self.twister.word() >> (64 - bits)) << 32,
        }
    }

    /// `randrange(limit)`.
    ///
    /// # Errors
    /// If there is no such number.
    pub fn randrange_below(&mut self, limit: &BigInt) -> Result<BigInt, Fault> {
        if !limit.is_positive() {
            return Err(Fault::Value("empty range for randrange()".to_owned()));
        }
        Ok(self.below(limit))
    }

    /// `randrange(start, stop, step)`.
    ///
    /// # Errors
    /// If there is no such number.
    pub fn randrange(&mut self, start: &BigInt, stop: &BigInt, step: &BigInt) -> Result<BigInt, Fault> {
        let width = stop - start;
        if step.is_one() {
            if width.is_positive() {
                return Ok(start + self.below(&width));
            }
            return Err(Fault::Value(format!("empty range for randrange() ({start}, {stop}, {width})")));
        }
        if step.is_zero() {
            return Err(Fault::Value("zero step for randrange()".to_owned()));
        }
        // Rounded up, and of signs that agree wherever there is a number.
        let number = (width + step - step.signum()) / step;
        if !number.is_positive() {
            return Err(Fault::Value("empty range for randrange()".to_owned()));
        }
        Ok(start + step * self.below(&number))
    }

    /// `randint(low, high)`: both included.
    ///
    /// # Errors
    /// If there is no such number.
    pub fn randint(&mut self, low: &BigInt, high: &BigInt) -> Result<BigInt, Fault> {
        self.randrange(low, &(high + 1), &BigInt::one())
    }
}
