//! The arguments of `memory`.

use super::SLUG;
use crate::values::Values;

/// The smallest set, in bytes: every cache holds it.
const SMALLEST: u32 = 4 << 10;

/// The arguments.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Args {
    /// How large the largest set is, in MB of 1024² bytes, 1–64.
    pub largest: u32,
    /// How many times everything is measured, 3–30.
    pub repeats: u32,
    /// What is measured; never empty, in the order of [`Part::ALL`].
    pub parts: Vec<Part>,
}

/// What can be measured.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part {
    /// Loads from ever larger sets, in random order.
    Curve,
    /// The largest set in random order and in address order.
    Order,
    /// Two threads' counters on one cache line or on two.
    Sharing,
}

impl Part {
    /// Every part, in running order.
    pub const ALL: [Part; 3] = [Part::Curve, Part::Order, Part::Sharing];

    /// Its name in the URL.
    #[must_use]
    pub fn slug(self) -> &'static str {
        match self {
            Part::Curve => "curve",
            Part::Order => "order",
            Part::Sharing => "sharing",
        }
    }
}

impl Args {
    /// Builds the arguments from valid values.
    #[must_use]
    pub fn of(values: &Values) -> Args {
        let ticked = values.ticks("parts");
        Args {
            largest: values.number("largest"),
            repeats: values.number("repeats"),
            parts: Part::ALL.into_iter().filter(|part| ticked.iter().any(|slug| slug == part.slug())).collect(),
        }
    }

    /// The arguments as a query string, starting with `lab`.
    #[must_use]
    pub fn to_query(&self) -> String {
        let parts: Vec<_> = self.parts.iter().map(|part| part.slug()).collect();
        format!("lab={SLUG}&largest={}&repeats={}&parts={}", self.largest, self.repeats, parts.join(","))
    }

    /// Whether a part is to be measured.
    #[must_use]
    pub fn has(&self, part: Part) -> bool {
        self.parts.contains(&part)
    }

    /// The sizes of the sets that are visited in random order, in bytes, smallest first. For the curve each is twice as
    /// large as the one before; for the order alone there is just the largest; else none. At most 15.
    #[must_use]
    pub fn sets(&self) -> Vec<u32> {
        let largest = self.largest << 20;
        let mut sets = Vec::new();
        if self.has(Part::Curve) {
            sets.extend((0..).map(|power| SMALLEST << power).take_while(|bytes| *bytes < largest));
        }
        if self.has(Part::Curve) || self.has(Part::Order) {
            sets.push(largest);
        }
        sets
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::memory::sheet::controls;
    use proptest::prelude::*;

    fn args(query: &str) -> Args {
        Args::of(&Values::from_query(&controls(), query).0)
    }

    #[test]
    fn arguments_read_back_from_their_url() {
        for query in ["", "largest=3&repeats=30&parts=sharing", "parts=order,curve"] {
            let args = args(query);
            assert_eq!(self::args(&args.to_query()), args, "{query}");
        }
    }

    proptest! {
        #[test]
        fn sets_double_and_end_with_the_largest(largest in 1_u32..=64, curve: bool, order: bool) {
            let parts = [(curve, Part::Curve), (order, Part::Order)];
            let parts = parts.into_iter().filter(|(ticked, _)| *ticked).map(|(_, part)| part).collect();
            let sets = Args { largest, repeats: 3, parts }.sets();
            prop_assert!(sets.len() <= 15 && sets.iter().all(|bytes| bytes % SMALLEST == 0));
            prop_assert!(sets.windows(2).all(|pair| pair[0] < pair[1] && pair[1] <= 2 * pair[0]), "{:?}", sets);
            prop_assert_eq!(sets.last().copied(), (curve || order).then_some(largest << 20));
            prop_assert!(!curve || sets[0] == SMALLEST);
        }
    }
}
