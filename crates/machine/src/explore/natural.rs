//! Whole numbers without an upper limit, for counts of schedules: 2 threads of 70 steps have more than 2^128 of them.

use std::fmt::{self, Write};

/// A whole number, 0 or more.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Natural {
    /// Its digits to the base 2^32, the lowest first. The highest is not 0.
    digits: Vec<u32>,
}

impl Natural {
    /// 1
    #[must_use]
    pub fn one() -> Natural {
        Natural { digits: vec![1] }
    }

    /// Whether it is 0.
    #[must_use]
    pub fn is_zero(&self) -> bool {
        self.digits.is_empty()
    }

    /// Adds another one.
    pub fn add(&mut self, other: &Natural) {
        if self.digits.len() < other.digits.len() {
            self.digits.resize(other.digits.len(), 0);
        }
        let mut carry = 0;
        for (place, digit) in self.digits.iter_mut().enumerate() {
            let sum = u64::from(*digit) + u64::from(other.digits.get(place).copied().unwrap_or(0)) + carry;
            *digit = sum as u32;
            carry = sum >> 32;
        }
        if carry > 0 {
            self.digits.push(carry as u32);
        }
    }

    /// How large a part of another one it is: 0.25 for a quarter. 0 if the other one is 0.
    #[must_use]
    pub fn share_of(&self, whole: &Natural) -> f64 {
        if whole.is_zero() {
            return 0.0;
        }
        let (mine, my_place) = self.leading();
        let (its, its_place) = whole.leading();
        mine / its * 2_f64.powi(32 * (my_place - its_place))
    }

    /// The three highest digits as one number, and at which place it stands.
    fn leading(&self) -> (f64, i32) {
        let top = self.digits.iter().rev().take(3);
        let number = top.clone().fold(0.0, |number, digit| number * 4_294_967_296.0 + f64::from(*digit));
        (number, self.digits.len() as i32 - top.len() as i32)
    }
}

impl fmt::Display for Natural {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        const BASE: u64 = 1_000_000_000;
        let mut digits = self.digits.clone();
        let mut groups = Vec::new();
        while !digits.is_empty() {
            let mut rest = 0;
            for digit in digits.iter_mut().rev() {
                let part = (rest << 32) | u64::from(*digit);
                *digit = (part / BASE) as u32;
                rest = part % BASE;
            }
            groups.push(rest);
            while digits.last() == Some(&0) {
                digits.pop();
            }
        }
        let mut text = String::new();
        let mut groups = groups.iter().rev();
        write!(text, "{}", groups.next().unwrap_or(&0))?;
        groups.try_for_each(|group| write!(text, "{group:09}"))?;
        f.write_str(&text)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn powers_of_two_are_written_in_full() {
        let mut number = Natural::one();
        assert_eq!((Natural::default().to_string(), number.to_string()), ("0".into(), "1".into()));
        for power in 1..=127 {
            number.add(&number.clone());
            assert_eq!(number.to_string(), (1_u128 << power).to_string());
        }
        number.add(&number.clone());
        assert_eq!(number.to_string(), "340282366920938463463374607431768211456");
    }

    #[test]
    fn shares_are_those_of_the_numbers() {
        let mut whole = Natural::one();
        (0..2000).for_each(|_| whole.add(&whole.clone()));
        let mut more = whole.clone();
        more.add(&whole);
        more.add(&whole);
        assert!((whole.share_of(&more) - 1.0 / 3.0).abs() < 1e-12);
        assert_eq!(Natural::default().share_of(&whole), 0.0);
        assert_eq!(whole.share_of(&Natural::default()), 0.0);
    }
}
