//! `process`: each row of the comparison, with threads and processes taking turns.

mod create;
mod isolation;
mod memory;
mod orders;
mod send;
mod sibling;
mod switch;

use crate::lab::{Child, Measure};
use crate::stage::Stage;
use interleave_labs::lab::Measured;
use interleave_labs::process::{Args, Data, MANY, Pair, Process, Row, SENDING, TABLE, Times, figures};
use interleave_threads::Error;

impl Measure for Process {
    async fn measure(args: &Args, stage: &Stage) -> Result<Measured<Data>, Error> {
        let mut data = Data::default();
        for (done, &row) in args.rows.iter().enumerate() {
            let part = Part { stage, row, done, rows: args.rows.len() };
            stage.step(row.name(), part.share(0.0)).await?;
            match row {
                Row::Create => (data.create_cold, data.create_warm) = create::measure(args.repeats, &part).await?,
                Row::Switch => (data.switch, data.switch_by_pipe) = switch::measure(args.repeats, &part).await?,
                Row::Send => data.send = send::measure(args, &part).await?,
                Row::Memory => data.memory = memory::measure(args.processes, stage).await?,
                Row::Isolation => {
                    data.globals = Some(isolation::globals(args.processes, stage).await?);
                    data.crash = Some(isolation::crash(stage).await?);
                }
            }
            show(args, stage, &data);
        }
        stage.measured(Vec::new(), data).await
    }

    async fn child(message: &[u8], child: &Child<'_>) {
        orders::obey(message, child);
    }
}

/// Shows what has been measured so far.
fn show(args: &Args, stage: &Stage, data: &Data) {
    for (place, figure) in (0..).zip(figures(args, &stage.host, data)) {
        let there = match place {
            SENDING => !data.send.is_empty(),
            MANY => data.globals.is_some(),
            _ => place == TABLE,
        };
        if there {
            stage.show(place, figure);
        }
    }
}

/// Progress through the parts of the measurement.
struct Part<'a> {
    stage: &'a Stage,
    row: Row,
    /// How many parts are done.
    done: usize,
    /// How many there are.
    rows: usize,
}

impl Part<'_> {
    /// The share of the whole that is done when `share` of this part is.
    fn share(&self, share: f64) -> f64 {
        (self.done as f64 + share) / self.rows as f64
    }

    /// How many of `repeats` to do in each turn. Each turn has both threads and processes, so that both meet the same
    /// conditions. Reports progress before each.
    fn turns(&self, repeats: u32) -> impl Iterator<Item = u32> {
        let turns = repeats.clamp(1, TURNS);
        let tell = move |turn| self.stage.advance(self.row.name(), self.share(f64::from(turn) / f64::from(turns)));
        counts(repeats, turns).zip(0..).inspect(move |(_, turn)| tell(*turn)).map(|(count, _)| count)
    }
}

/// The most turns that repeats are split into.
const TURNS: u32 = 4;

/// `repeats` split into about equal counts, one per turn.
fn counts(repeats: u32, turns: u32) -> impl Iterator<Item = u32> {
    (0..turns).map(move |turn| repeats / turns + u32::from(turn < repeats % turns))
}

/// Samples with threads and with processes, in microseconds.
#[derive(Debug, Default)]
struct Samples {
    thread: Vec<f64>,
    process: Vec<f64>,
}

impl Samples {
    /// Each sample is the mean of this many operations.
    fn pair(self, thread_of: u32, process_of: u32) -> Pair {
        Pair { thread: times(self.thread, thread_of), process: times(self.process, process_of) }
    }
}

/// Samples as times; `None` if there are none.
fn times(us: Vec<f64>, of: u32) -> Option<Times> {
    (!us.is_empty()).then_some(Times { us, of: of.max(1) })
}

/// How long a sample must take, in microseconds, for the clock to measure it: at least this many steps.
fn sample_us(at_least_us: f64, steps: f64, stage: &Stage) -> f64 {
    at_least_us.max(stage.host.timer_us * steps)
}

/// The most operations in a sample.
const MOST_GOES: u32 = 10_000;

/// How many operations make a sample.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Goes {
    /// Not known yet: try this many.
    Try(u32),
    /// Known.
    Make(u32),
}

impl Goes {
    /// How many to do now.
    fn count(self) -> u32 {
        let (Goes::Try(count) | Goes::Make(count)) = self;
        count
    }

    /// Updates the count after `count` operations took `took_us`.
    fn after(self, took_us: f64, sample_us: f64) -> Goes {
        match self {
            Goes::Try(count) if took_us < sample_us / 4.0 && count < MOST_GOES => {
                Goes::Try(count.saturating_mul(4).min(MOST_GOES))
            }
            Goes::Try(count) => {
                let goes = f64::from(count) * sample_us / took_us.max(0.1);
                Goes::Make(goes.ceil().clamp(1.0, f64::from(MOST_GOES)) as u32)
            }
            known @ Goes::Make(_) => known,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn turns_are_about_equal_and_add_up() {
        assert_eq!(counts(20, 4).collect::<Vec<_>>(), [5; 4]);
        assert_eq!(counts(6, 4).collect::<Vec<_>>(), [2, 2, 1, 1]);
        assert_eq!(counts(3, 3).collect::<Vec<_>>(), [1; 3]);
    }

    #[test]
    fn a_sample_is_made_as_long_as_asked_for_even_by_a_clock_that_stands_still() {
        let mut goes = Goes::Try(1);
        // Each takes 3 µs, by a clock with steps of 100.
        while let Goes::Try(count) = goes {
            goes = goes.after((f64::from(count) * 3.0 / 100.0).floor() * 100.0, 2000.0);
        }
        assert!((500..1200).contains(&goes.count()), "{goes:?}");
        assert_eq!(goes.after(1.0, 2000.0), goes);
        let mut still = Goes::Try(1);
        while let Goes::Try(_) = still {
            still = still.after(0.0, 2000.0);
        }
        assert_eq!(still, Goes::Make(MOST_GOES));
        assert_eq!(Goes::Try(1).after(30_000.0, 2000.0), Goes::Make(1));
    }
}
