//! Figures that stand for many samples, and how far they can be trusted.
//!
//! Samples come in turns: one turn is one browser or one program, and its samples are more like each other than like those of another
//! turn. So an interval comes from a bootstrap in two levels: turns are drawn, then samples of each turn drawn (T. Kalibera and
//! R. Jones, “Rigorous Benchmarking in Reasonable Time”, ISMM 2013). In a ratio, the same turns are drawn for both sides, which were
//! measured one right after the other.

use fastrand::Rng;

/// A figure that stands for many samples.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Figure {
    /// Half of them are above it.
    Median,
    /// One in a hundred is above it.
    Percentile99,
    /// The largest. It is one sample, so a limit for it has to be far from what a machine's moods do.
    Largest,
}

/// A figure, and the interval in which it lies with 95 % confidence.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Estimate {
    /// The figure of all samples; not a number if there are none.
    pub value: f64,
    /// The interval's lower end.
    pub low: f64,
    /// The interval's upper end.
    pub high: f64,
}

/// How often turns and samples are drawn for one interval.
const DRAWS: usize = 1_000;
/// The same samples have the same interval.
const SEED: u64 = 1;

impl Figure {
    /// The figure of some samples; not a number if there are none.
    pub fn of(self, samples: &mut [f64]) -> f64 {
        match self {
            Figure::Median => quantile(samples, 0.5),
            Figure::Largest => samples.iter().copied().reduce(f64::max).unwrap_or(f64::NAN),
            // Nearest rank.
            Figure::Percentile99 => {
                let rank = (samples.len() * 99).div_ceil(100);
                if rank == 0 { f64::NAN } else { *samples.select_nth_unstable_by(rank - 1, f64::total_cmp).1 }
            }
        }
    }

    /// The figure of all samples of some turns.
    pub fn estimate(self, turns: &[Vec<f64>]) -> Estimate {
        let value = self.of(&mut turns.concat());
        let mut random = Rng::with_seed(SEED);
        interval(value, || {
            let drawn = draw_turns(turns.len(), &mut random);
            self.of(&mut draw_samples(turns, &drawn, &mut random))
        })
    }

    /// The figure of these turns divided by another one of others.
    pub fn ratio(self, turns: &[Vec<f64>], other: Figure, others: &[Vec<f64>]) -> Estimate {
        let value = self.of(&mut turns.concat()) / other.of(&mut others.concat());
        let mut random = Rng::with_seed(SEED);
        interval(value, || {
            let drawn = draw_turns(turns.len(), &mut random);
            let drawn_others =
                if turns.len() == others.len() { drawn.clone() } else { draw_turns(others.len(), &mut random) };
            let figure = self.of(&mut draw_samples(turns, &drawn, &mut random));
            figure / other.of(&mut draw_samples(others, &drawn_others, &mut random))
        })
    }
}

/// The value below which this share of the samples lies, with a straight line between neighbours; not a number if there are none.
pub fn quantile(samples: &mut [f64], share: f64) -> f64 {
    let Some(last) = samples.len().checked_sub(1) else { return f64::NAN };
    let at = share * last as f64;
    let (_, below, above) = samples.select_nth_unstable_by(at as usize, f64::total_cmp);
    let next = above.iter().copied().reduce(f64::min).unwrap_or(*below);
    *below + (next - *below) * at.fract()
}

/// The slope of the line through points, as the median of the slopes of all pairs: single outliers do not move it (Theil and Sen).
pub fn slope(points: &[(f64, f64)]) -> f64 {
    let pairs = points.iter().enumerate().flat_map(|(index, a)| points[index + 1..].iter().map(move |b| (a, b)));
    let mut slopes: Vec<f64> = pairs.map(|(a, b)| (b.1 - a.1) / (b.0 - a.0)).collect();
    quantile(&mut slopes, 0.5)
}

fn interval(value: f64, draw: impl FnMut() -> f64) -> Estimate {
    if value.is_nan() {
        return Estimate { value, low: value, high: value };
    }
    let mut drawn: Vec<f64> = std::iter::repeat_with(draw).take(DRAWS).collect();
    Estimate { value, low: quantile(&mut drawn, 0.025), high: quantile(&mut drawn, 0.975) }
}

fn draw_turns(count: usize, random: &mut Rng) -> Vec<usize> {
    (0..count).map(|_| random.usize(..count)).collect()
}

fn draw_samples(turns: &[Vec<f64>], drawn: &[usize], random: &mut Rng) -> Vec<f64> {
    let turns = drawn.iter().map(|&turn| &turns[turn]);
    turns.flat_map(|turn| turn.iter().map(|_| turn[random.usize(..turn.len())]).collect::<Vec<_>>()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn normal(random: &mut Rng) -> f64 {
        // The sum of twelve even ones has a variance of 1.
        (0..12).map(|_| random.f64()).sum::<f64>() - 6.0
    }

    #[test]
    fn figures_stand_for_samples() {
        let all: Vec<f64> = (1..=200).rev().map(f64::from).collect();
        let figures = [Figure::Median, Figure::Percentile99, Figure::Largest];
        assert_eq!(figures.map(|figure| figure.of(&mut all.clone())), [100.5, 198.0, 200.0]);
        assert_eq!(Figure::Median.of(&mut [3.0, 1.0, 2.0]), 2.0);
        assert_eq!(quantile(&mut [4.0, 1.0, 2.0, 3.0], 0.25), 1.75);
        assert!(figures.iter().all(|figure| figure.of(&mut []).is_nan()));
    }

    #[test]
    fn an_interval_holds_the_true_value_about_as_often_as_it_says() {
        let mut random = Rng::with_seed(1);
        let trials = 100;
        let held = (0..trials).filter(|_| {
            // Each turn has a mood of its own, as large as the spread within it.
            let turns: Vec<Vec<f64>> = (0..6)
                .map(|_| {
                    let mood = normal(&mut random);
                    (0..4).map(|_| 100.0 + mood + normal(&mut random)).collect()
                })
                .collect();
            let estimate = Figure::Median.estimate(&turns);
            estimate.low <= 100.0 && 100.0 <= estimate.high
        });
        let share = held.count() as f64 / f64::from(trials);
        assert!((0.8..=1.0).contains(&share), "{share}");
    }

    #[test]
    fn a_mood_that_both_sides_share_does_not_widen_their_ratio() {
        let mut random = Rng::with_seed(2);
        let moods: Vec<f64> = (0..8).map(|_| 100.0 + 10.0 * normal(&mut random)).collect();
        let side = |factor: f64, random: &mut Rng| -> Vec<Vec<f64>> {
            moods.iter().map(|mood| (0..10).map(|_| factor * (mood + normal(random))).collect()).collect()
        };
        let (ours, theirs) = (side(1.2, &mut random), side(1.0, &mut random));
        let ratio = Figure::Median.ratio(&ours, Figure::Median, &theirs);
        assert!(ratio.low > 1.1 && ratio.high < 1.3, "{ratio:?}");
        let alone = Figure::Median.estimate(&ours);
        assert!((ratio.high - ratio.low) / ratio.value < (alone.high - alone.low) / alone.value, "{ratio:?} {alone:?}");
    }

    #[test]
    fn one_slow_sample_moves_neither_median_nor_slope() {
        let mut turns = vec![vec![10.0; 9]; 5];
        turns[2][4] = 1e6;
        assert_eq!(Figure::Median.estimate(&turns), Estimate { value: 10.0, low: 10.0, high: 10.0 });
        let points: Vec<_> = (0..10).map(|x| (f64::from(x), if x == 4 { 900.0 } else { 2.0 * f64::from(x) })).collect();
        assert_eq!(slope(&points), 2.0);
        assert!(slope(&points[..1]).is_nan());
    }

    #[test]
    fn nothing_measured_is_not_a_number() {
        assert!(Figure::Median.estimate(&[]).value.is_nan());
        assert!(Figure::Median.ratio(&[vec![1.0]], Figure::Median, &[]).value.is_nan());
    }
}
