//! The figures of `race`, in the order of the sheet's blanks.

use super::account::Account;
use super::{Args, Data, Remedy, SLOW_ADDS, graph};
use crate::frame::Frame;
use crate::result::{Host, Run};
use crate::sheet::Blank;
use interleave_trace::Figure;
use interleave_trace::figure::{
    Axis, Cell, Chart, Column, Marks, Point, Rule, Scale, Series, Spread, Table, TableRow, Timeline, TimelineRun, Unit,
};

const SUM: Frame = Frame {
    id: "sum",
    title: "Expected and counted",
    caption: "The additions of all repeats: those the counter shows at the end, and those that got lost.",
    height: [540, 556],
};
const COST: Frame = Frame {
    id: "cost",
    title: "What each remedy loses, and what it costs",
    caption: "The time of a repeat divided by its number of additions: median and quartiles; a ring is an outlier. \
        Threads that add at the same time make it shorter. The bars are logarithmic.",
    height: [560, 1050],
};
const SPREAD: Frame = Frame {
    id: "spread",
    title: "How much got lost, repeat by repeat",
    caption: "How many repeats lost which share of their additions.",
    height: [200, 205],
};
const GUARDS: Frame = Frame {
    id: "guards",
    title: "Lock and counter",
    caption: "A lock and the counter that it guards are drawn as one. If there is another way to the counter, the lock \
        guards nothing.",
    height: [530, 650],
};

/// The room that the figures need.
pub(super) fn blanks() -> Vec<Blank> {
    let mut blanks: Vec<Blank> = [SUM, COST, SPREAD, GUARDS].iter().map(Frame::blank).collect();
    blanks.push(Blank::Timeline("remedies".to_owned()));
    blanks
}

/// All figures.
pub(super) fn figures(args: &Args, accounts: &[Account], data: &Data, runs: &[Run]) -> Vec<Figure> {
    vec![sum(accounts), cost(accounts), spread(accounts), GUARDS.figure(graph::graph(args)), slow(data, runs)]
}

/// The first figures after the repeats so far, with their places among the blanks.
#[must_use]
pub fn so_far(args: &Args, host: &Host, data: &Data) -> Vec<(u32, Figure)> {
    let accounts = accounts(args, host, data);
    vec![(0, sum(&accounts)), (1, cost(&accounts))]
}

/// The repeats of each remedy, summed up; without remedies that have no repeat yet.
pub(super) fn accounts(args: &Args, host: &Host, data: &Data) -> Vec<Account> {
    data.trials.iter().filter_map(|trial| Account::of(trial, args, host)).collect()
}

fn axis(label: &str, unit: Unit, scale: Scale) -> Axis {
    Axis { label: label.to_owned(), unit, scale }
}

/// A bar for each remedy: what was counted, and what is missing.
fn sum(accounts: &[Account]) -> Figure {
    let series = |name: &str, of: fn(&Account) -> u64| {
        let points = accounts.iter().zip(0_u32..).map(|(account, x)| Point::exact(x.into(), of(account) as f64));
        Series { name: name.to_owned(), points: points.collect() }
    };
    let expected = accounts.first().map(|account| Rule::Y(account.expected as f64, "expected".to_owned()));
    SUM.figure(Chart {
        x: axis("Remedy", Unit::Count, Scale::Names(accounts.iter().map(|of| of.remedy.short().to_owned()).collect())),
        y: axis("Additions", Unit::Count, Scale::Linear),
        marks: Marks::Stacked,
        series: vec![series("counted", Account::counted), series("lost", |account| account.lost)],
        rules: expected.into_iter().collect(),
    })
}

/// A row for each remedy.
fn cost(accounts: &[Account]) -> Figure {
    let column = |name: &str, bars| Column { name: name.to_owned(), bars };
    let row = |account: &Account| {
        let share = account.share();
        TableRow {
            id: account.remedy.slug().to_owned(),
            name: account.remedy.short().to_owned(),
            help: account.remedy.how().to_owned(),
            cells: vec![
                account.ns.map_or(Cell::Empty, |ns| ns.cell(Unit::Nanoseconds)),
                Cell::Value { value: share, spread: Spread::none(share), unit: Unit::Share },
                Cell::Text(verdict(account)),
            ],
        }
    };
    COST.figure(Table {
        columns: vec![
            column("Remedy", false),
            column("One addition", true),
            column("Lost", false),
            column("Verdict", false),
        ],
        rows: accounts.iter().map(row).collect(),
    })
}

fn verdict(account: &Account) -> String {
    match (account.remedy.is_right(), account.lost) {
        (true, 0) => "correct".to_owned(),
        (true, _) => "should lose nothing, but lost some".to_owned(),
        (false, 0) => "wrong, but lost nothing this time".to_owned(),
        (false, _) => format!("wrong: lost in {} of {} repeats", account.lossy(), account.shares.len()),
    }
}

/// The remedy whose repeats are shown one by one: `plain` if it ran, else the one that lost most.
pub(super) fn most_telling(accounts: &[Account]) -> Option<&Account> {
    let plain = accounts.iter().find(|account| account.remedy == Remedy::Plain);
    plain.or_else(|| accounts.iter().rev().max_by_key(|account| account.lost))
}

/// How many repeats lost which share: a bar for nothing, and bars of equal width for the rest.
fn spread(accounts: &[Account]) -> Figure {
    let account = most_telling(accounts);
    let shares = account.map_or(&[][..], |account| &account.shares);
    let bars = bins(shares);
    let points = bars.iter().zip(0_u32..).map(|((_, count), x)| Point::exact(x.into(), f64::from(*count))).collect();
    let mut figure = SPREAD.figure(Chart {
        x: axis("Share lost", Unit::Count, Scale::Names(bars.into_iter().map(|(name, _)| name).collect())),
        y: axis("Repeats", Unit::Count, Scale::Linear),
        marks: Marks::Bars,
        series: vec![Series { name: String::new(), points }],
        rules: Vec::new(),
    });
    if let Some(account) = account {
        figure.title = format!("{}: {}", account.remedy.short(), lower(SPREAD.title));
    }
    figure
}

/// With its first letter in lower case, for use within a sentence.
pub(super) fn lower(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or(String::new(), |first| first.to_lowercase().chain(letters).collect())
}

/// The bars of a histogram: a name, and how many shares are in it. Each includes its upper end.
fn bins(shares: &[f64]) -> Vec<(String, u32)> {
    /// Widths of a bar, in parts of 10,000; the finest that gives few enough bars is used.
    const WIDTHS: [u32; 9] = [1, 2, 5, 10, 20, 50, 100, 200, 500];
    const MOST_BARS: u32 = 8;
    let lossy = || shares.iter().copied().filter(|share| *share > 0.0);
    let nothing = (shares.len() - lossy().count()) as u32;
    let mut bars = Vec::new();
    if nothing > 0 {
        bars.push(("nothing".to_owned(), nothing));
    }
    // A share exactly at a bar's upper end is in that bar.
    let place = |share: f64, width: u32| ((share * 1e4 / f64::from(width)).ceil() as u32).max(1) - 1;
    let ends = |width: u32| {
        let places = || lossy().map(|share| place(share, width));
        Some((places().min()?, places().max()?))
    };
    let percent = |at: u32, width: u32| Unit::Share.write(f64::from(at * width) / 1e4);
    let fit = |width: &u32| {
        // Shares are written with three digits: with finer bars, both ends would read the same.
        let told = |at| percent(at, *width) != percent(at + 1, *width);
        ends(*width).is_none_or(|(first, last)| last - first < MOST_BARS && (first..=last).all(told))
    };
    let width = WIDTHS.into_iter().find(fit).unwrap_or(1_250);
    if let Some((first, last)) = ends(width) {
        for at in first..=last {
            let count = lossy().filter(|share| place(*share, width) == at).count() as u32;
            bars.push((format!("{}–{}", percent(at, width).trim_end_matches('%'), percent(at + 1, width)), count));
        }
    }
    bars
}

/// Who held the lock and who waited, in slow motion.
fn slow(data: &Data, runs: &[Run]) -> Figure {
    let runs = runs.iter().map(|run| {
        let trial = data.trials.iter().find(|trial| trial.remedy.slug() == run.mode);
        timeline_run(run, trial.map_or(0, |trial| trial.slow_counted))
    });
    Figure {
        id: "slow".to_owned(),
        title: "Slow motion: who adds, and who waits".to_owned(),
        caption: format!(
            "A separate run: each thread adds {SLOW_ADDS} times, with about {} µs of work between load and store, then \
             as much work outside, which stays blank. At full speed an addition is far shorter than the clock's step, \
             and recording it would take longer than doing it.",
            data.slow_us
        ),
        body: Timeline { runs: runs.collect() }.into(),
    }
}

/// A remedy's run in slow motion, as the timeline shows it.
#[must_use]
pub fn timeline_run(run: &Run, counted: u32) -> TimelineRun {
    let title = Remedy::from_slug(&run.mode).map_or(&*run.mode, |remedy| remedy.name());
    run.drawn(title, format!("{counted} of {} counted", run.lanes.len() as u32 * SLOW_ADDS))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn bars_are_as_fine_as_there_is_room_and_nothing_has_one_of_its_own() {
        let bars = |shares: &[f64]| bins(shares);
        let bar = |name: &str, count| (name.to_owned(), count);
        assert_eq!(bars(&[0.0, 0.0]), [bar("nothing", 2)]);
        assert_eq!(
            bars(&[0.0, 0.31, 0.33, 0.325]),
            [
                bar("nothing", 1),
                bar("30.5–31%", 1),
                bar("31–31.5%", 0),
                bar("31.5–32%", 0),
                bar("32–32.5%", 1),
                bar("32.5–33%", 1),
            ]
        );
        // Half as wide, a bar in the middle would have two ends that read the same.
        assert_eq!(bars(&[0.840_98, 0.842_64]), [bar("84–84.1%", 1), bar("84.1–84.2%", 0), bar("84.2–84.3%", 1)]);
        assert_eq!(bars(&[0.000_02]), [bar("0–0.01%", 1)]);
        assert_eq!(bars(&[0.01, 1.0]).last(), Some(&bar("87.5–100%", 1)));
    }

    proptest! {
        #[test]
        fn every_repeat_is_in_one_bar(shares in prop::collection::vec(0.0..=1.0_f64, 0..60)) {
            let bars = bins(&shares);
            prop_assert_eq!(bars.iter().map(|(_, count)| *count).sum::<u32>() as usize, shares.len());
            prop_assert!(bars.len() <= 9);
            let names: std::collections::BTreeSet<_> = bars.iter().map(|(name, _)| name).collect();
            prop_assert_eq!(names.len(), bars.len(), "{:?}", bars);
        }
    }
}
