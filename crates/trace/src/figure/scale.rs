//! Where values are on an axis, and which of them are ticks.

use super::{Axis, Cell, Scale, Table, Unit};
use crate::format::decade;

/// The part of an axis that is drawn.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Range {
    /// The ends; of a logarithmic axis, their natural logarithms.
    from: f64,
    to: f64,
    logarithmic: bool,
    unit: Unit,
    names: Vec<String>,
}

/// A tick: a value written beside an axis.
pub(super) type Tick = (f64, String);

impl Range {
    /// The part of `axis` that shows `values`. A linear one starts at 0; a logarithmic one spans at least a factor of 4
    /// and leaves out values of 0 or below.
    pub(super) fn of(axis: &Axis, values: &[f64]) -> Range {
        let (unit, mut names) = (axis.unit, Vec::new());
        let logarithmic = match &axis.scale {
            Scale::Names(given) => {
                names.clone_from(given);
                return Range { from: -0.5, to: names.len().max(1) as f64 - 0.5, logarithmic: false, unit, names };
            }
            scale => *scale == Scale::Logarithmic,
        };
        let ends = |first: f64| {
            let usable = values.iter().copied().filter(|value| value.is_finite() && (*value > 0.0 || !logarithmic));
            usable.fold(None, |ends: Option<(f64, f64)>, value| {
                Some(ends.map_or((value.min(first), value), |(from, to)| (from.min(value), to.max(value))))
            })
        };
        let (from, to) = if logarithmic {
            let (from, to) = ends(f64::INFINITY).unwrap_or((1.0, 10.0));
            let (from, to) = (from.ln(), to.ln());
            let wider = (2_f64.ln() - (to - from) / 2.0).max(0.04 * (to - from));
            (from - wider, to + wider)
        } else {
            let (from, to) = ends(0.0).unwrap_or((0.0, 1.0));
            (from, if to > from { to } else { from + 1.0 })
        };
        Range { from, to, logarithmic, unit, names }
    }

    /// Extended to the next round value, so that a growing axis grows in steps.
    pub(super) fn rounded(mut self) -> Range {
        if !self.logarithmic && self.names.is_empty() {
            let step = self.step(5);
            let to = (self.to / step).ceil() * step;
            self.to = if self.unit == Unit::Share && self.to <= 1.0 { to.min(1.0) } else { to };
        }
        self
    }

    /// Where a value is, from 0 to 1; `None` if it is not on the axis.
    pub(super) fn at(&self, value: f64) -> Option<f64> {
        let value = if self.logarithmic { value.ln() } else { value };
        let at = (value - self.from) / (self.to - self.from);
        (-1e-9..=1.0 + 1e-9).contains(&at).then_some(at)
    }

    /// The value at a place from 0 to 1.
    pub(super) fn value(&self, at: f64) -> f64 {
        let value = self.from + (self.to - self.from) * at;
        if self.logarithmic { value.exp() } else { value }
    }

    /// A value in words: a number with its unit, or a name.
    pub(super) fn write(&self, value: f64) -> String {
        match self.names.get(value as usize) {
            Some(name) => name.clone(),
            None => self.unit.write(value),
        }
    }

    /// As many round values as `fit`, and at most `most`: on a linear axis multiples of 1, 2 or 5 · 10ⁿ; on a
    /// logarithmic one 1, 2 and 5 of each decade, or one per decade, or fewer; for sizes in bytes, powers of 2, 4, 8
    /// and so on.
    pub(super) fn ticks(&self, most: usize, fit: &dyn Fn(&[Tick]) -> bool) -> Vec<Tick> {
        // Coarser and coarser; in the end, a single tick.
        for coarse in 1..60 {
            let ticks: Vec<Tick> =
                self.round_values(coarse, most).into_iter().map(|value| (value, self.tick(value))).collect();
            if (1..=most.max(1)).contains(&ticks.len()) && fit(&ticks) {
                return ticks;
            }
        }
        self.round_values(1, most).into_iter().take(1).map(|value| (value, self.tick(value))).collect()
    }

    fn tick(&self, value: f64) -> String {
        if self.names.is_empty() { self.unit.tick(value) } else { self.write(value) }
    }

    fn round_values(&self, coarse: usize, most: usize) -> Vec<f64> {
        let within = |value: &f64| self.at(*value).is_some();
        if !self.names.is_empty() {
            return (0..self.names.len()).step_by(coarse).map(|index| index as f64).collect();
        }
        if !self.logarithmic {
            let step = self.step(most.max(coarse) / coarse);
            let first = (self.from / step).ceil();
            let count = ((self.to - self.from) / step).min(100.0) as usize + 1;
            return (0..count).map(|index| (first + index as f64) * step).filter(within).collect();
        }
        let (base, power): (f64, usize) = match (self.unit, coarse) {
            (Unit::Bytes, _) => (2.0, coarse),
            (_, 1) => (10.0, 1),
            _ => (10.0, coarse - 1),
        };
        let first = (self.from / base.ln()).floor() as i32;
        let last = (self.to / base.ln()).ceil() as i32;
        let multiples: &[f64] = if base == 10.0 && coarse == 1 { &[1.0, 2.0, 5.0] } else { &[1.0] };
        let powers = (first..=last).filter(|exponent| exponent.rem_euclid(power as i32) == 0);
        powers
            .flat_map(|exponent| multiples.iter().map(move |multiple| multiple * base.powi(exponent)))
            .filter(within)
            .collect()
    }

    /// The smallest round distance that gives the axis at most about `count` ticks.
    fn step(&self, count: usize) -> f64 {
        let least = (self.to - self.from) / count.max(1) as f64;
        match self.unit {
            Unit::Bytes => (0..1023).map(|power| 2_f64.powi(power)).find(|step| *step >= least).unwrap_or(least),
            // Counts have no halves.
            Unit::Count if least < 1.0 => 1.0,
            _ => {
                let decade = decade(least);
                let step = [1.0, 2.0, 5.0].into_iter().find(|step| step * decade >= least * 0.999);
                step.unwrap_or(10.0) * decade
            }
        }
    }
}

impl Table {
    /// A cell's bar, on a logarithmic axis shared by all cells of its unit in columns with bars. `None` if the cell has
    /// none.
    pub(super) fn bar(&self, row: usize, column: usize) -> Option<Bar> {
        let with_bars = |column: usize| self.columns.get(column + 1).is_some_and(|column| column.bars);
        let Cell::Value { value, spread, unit } = self.rows.get(row)?.cells.get(column)? else { return None };
        if !with_bars(column) {
            return None;
        }
        let mut values = Vec::new();
        for (index, cell) in self.rows.iter().flat_map(|row| row.cells.iter().enumerate()) {
            if let Cell::Value { value, spread, unit: other } = cell
                && other == unit
                && with_bars(index)
            {
                values.push(*value);
                values.extend(spread.reach());
            }
        }
        let axis = Axis { label: String::new(), unit: *unit, scale: Scale::Logarithmic };
        let range = Range::of(&axis, &values);
        let at = range.at(*value)?;
        let [low, high] = [spread.low, spread.high].map(|end| range.at(end).unwrap_or(at));
        Some(Bar { end: at, low, high, outliers: spread.outliers().map(|outlier| range.at(outlier?)) })
    }
}

/// Where a bar and its spread end, each from 0 to 1.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Bar {
    /// Its end.
    pub(super) end: f64,
    /// The lower quartile.
    pub(super) low: f64,
    /// The upper quartile.
    pub(super) high: f64,
    /// The smallest and the largest repeat, if they are outliers.
    pub(super) outliers: [Option<f64>; 2],
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn range(scale: Scale, unit: Unit, values: &[f64]) -> Range {
        Range::of(&Axis { label: String::new(), unit, scale }, values)
    }

    fn texts(range: &Range, most: usize) -> Vec<String> {
        range.ticks(most, &|_| true).into_iter().map(|(_, text)| text).collect()
    }

    #[test]
    fn ticks_are_round_and_begin_at_zero() {
        let range = range(Scale::Linear, Unit::Nanoseconds, &[0.9e6, 4.1e6]).rounded();
        assert_eq!(texts(&range, 6), ["0", "1 ms", "2 ms", "3 ms", "4 ms", "5 ms"]);
        assert_eq!(texts(&range, 3), ["0", "2 ms", "4 ms"]);
    }

    #[test]
    fn things_are_whole() {
        assert_eq!(texts(&range(Scale::Linear, Unit::Count, &[1.0, 3.0]), 9), ["0", "1", "2", "3"]);
    }

    #[test]
    fn a_logarithmic_axis_has_as_many_round_values_as_fit() {
        let times = range(Scale::Logarithmic, Unit::Nanoseconds, &[1.0, 90.0]);
        assert_eq!(texts(&times, 9), ["1 ns", "2 ns", "5 ns", "10 ns", "20 ns", "50 ns", "100 ns"]);
        assert_eq!(texts(&times, 4), ["1 ns", "10 ns", "100 ns"]);
        let sizes = range(Scale::Logarithmic, Unit::Bytes, &[4096.0, 67_108_864.0]);
        assert_eq!(texts(&sizes, 9), ["4 kB", "16 kB", "64 kB", "256 kB", "1 MB", "4 MB", "16 MB", "64 MB"]);
        assert_eq!(texts(&sizes, 4), ["4 kB", "64 kB", "1 MB", "16 MB"]);
    }

    #[test]
    fn values_without_a_place_have_none() {
        let range = range(Scale::Logarithmic, Unit::Times, &[0.0, f64::NAN, 10.0]);
        assert_eq!([0.0, -1.0, f64::NAN, f64::INFINITY].map(|value| range.at(value)), [None; 4]);
        assert_eq!(range.at(10.0).map(|at| (at * 10.0).round()), Some(5.0));
    }

    proptest! {
        #[test]
        fn every_value_and_every_tick_is_on_the_axis(
            values in prop::collection::vec(1e-3..1e12_f64, 0..20), logarithmic in any::<bool>(), most in 1_usize..20, bytes in any::<bool>(),
        ) {
            let scale = if logarithmic { Scale::Logarithmic } else { Scale::Linear };
            let range = range(scale, if bytes { Unit::Bytes } else { Unit::Nanoseconds }, &values);
            prop_assert!(values.iter().all(|value| range.at(*value).is_some()));
            let ticks = range.ticks(most, &|_| true);
            prop_assert!(!ticks.is_empty() && ticks.len() <= most);
            prop_assert!(ticks.iter().all(|(value, _)| range.at(*value).is_some()));
            prop_assert!(ticks.windows(2).all(|pair| pair[0].0 < pair[1].0));
        }
    }
}
