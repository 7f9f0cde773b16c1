//! The findings of `memory`: every number, and every “longer”, is computed from the measurement.

use super::curve::{Level, climbs_on, levels, steps};
use super::figures::set_row;
use super::{Args, Data, Part};
use crate::lab::{Finding, Score};
use crate::result::{Host, Memory};
use crate::sheet::Guess;
use interleave_trace::Summary;
use interleave_trace::figure::Unit;

/// A guess within this factor of the measured value is right.
const NEAR: f64 = 2.0;
/// A ratio below this is not worth a sentence.
const NOTICEABLE: f64 = 1.25;

/// The findings of what was measured, in this order: `distance`, how many times as long as a register the largest set
/// takes; `nearest`, the same for the smallest set, beside that set's row; `steps`, how many steps the curve has; `order`,
/// how many times as long random order takes as address order; `sharing`, how many times as long an increment takes with
/// both counters on one line.
pub(super) fn findings(args: &Args, host: &Host, data: &Data) -> Vec<Finding> {
    let (levels, register) = (levels(data), Summary::of(&data.register_ns));
    let mut findings = Vec::new();
    if let (Some(register), Some(largest)) = (register, levels.last()) {
        findings.push(distance(&register, largest));
        if levels.len() > 1 {
            findings.extend(nearest(&register, &levels[0]));
            findings.push(curve(&levels));
        }
    }
    if let (Some(largest), Some(in_order)) = (levels.last(), Summary::of(&data.in_order_ns)) {
        findings.extend(order(largest, &in_order));
    }
    findings.extend(sharing(args, host, data));
    findings
}

fn ns(summary: &Summary) -> String {
    Unit::Nanoseconds.write(summary.median)
}

/// A ratio behind `1 : `.
fn to_one(ratio: f64) -> String {
    Unit::Times.write(ratio).trim_end_matches('×').to_owned()
}

/// How much longer the largest set takes than a register: the headline.
fn distance(register: &Summary, largest: &Level) -> Finding {
    let (size, near, far) = (Unit::Bytes.write(largest.bytes), ns(register), ns(&largest.ns));
    let ratio = largest.ns.ratio(register);
    let value = ratio.map_or(0.0, |ratio| ratio.value);
    let text = match ratio {
        Some(ratio) if ratio.is_clear() && ratio.value > 1.0 => format!(
            "From a register to a random place in {size} of memory, the ratio is 1 : {}: {near} for an operation in \
             registers, {far} for a load.",
            to_one(ratio.value)
        ),
        Some(ratio) if ratio.is_clear() => format!(
            "A load from a random place in {size} took {far}, less than the {near} of an operation in registers: \
             something disturbed this measurement. Run it again."
        ),
        _ => format!(
            "A load from a random place in {size} took {far}, an operation in registers {near}: these vary too much to \
             say which is longer."
        ),
    };
    Finding::new("distance", value, text)
}

/// How much longer even the smallest set takes than a register, if it does.
fn nearest(register: &Summary, smallest: &Level) -> Option<Finding> {
    let ratio = smallest.ns.ratio(register).filter(|ratio| ratio.is_clear() && ratio.value >= NOTICEABLE)?;
    let text = format!(
        "Even from the smallest set, {}, a load takes {}: {} as long as an operation in registers.",
        Unit::Bytes.write(smallest.bytes),
        ns(&smallest.ns),
        Unit::Times.write(ratio.value)
    );
    Some(Finding::new("nearest", ratio.value, text).of(&set_row(smallest.bytes)))
}

/// Where the curve steps up.
fn curve(levels: &[Level]) -> Finding {
    let (steps, size) = (steps(levels), |level: &Level| Unit::Bytes.write(level.bytes));
    let (smallest, largest) = (&levels[0], &levels[levels.len() - 1]);
    let mut text = String::from("This machine's curve ");
    if steps.is_empty() {
        text += &format!(
            "has no step that stands out from the noise: a load takes {} from {} and {} from {}.",
            ns(&smallest.ns),
            size(smallest),
            ns(&largest.ns),
            size(largest)
        );
        return Finding::new("steps", 0.0, text);
    }
    text += "steps up between ";
    for (at, step) in steps.iter().enumerate() {
        let (before, after) = (&levels[step.foot], &levels[step.top]);
        text += match at {
            0 => "",
            _ if at + 1 == steps.len() => ", and between ",
            _ => ", between ",
        };
        text += &format!("{} and {} ({} to {})", size(before), size(after), ns(&before.ns), ns(&after.ns));
    }
    text.push('.');
    if climbs_on(levels, &steps) {
        text += &format!(" From there it climbs to {} at {}.", ns(&largest.ns), size(largest));
    }
    Finding::new("steps", steps.len() as f64, text)
}

/// What random order costs.
fn order(largest: &Level, in_order: &Summary) -> Option<Finding> {
    let ratio = largest.ns.ratio(in_order)?;
    let (size, random, in_order) = (Unit::Bytes.write(largest.bytes), ns(&largest.ns), ns(in_order));
    let text = if !ratio.is_clear() {
        format!(
            "What the order costs could not be told: in {size}, a load took {random} at random, {in_order} in address order, and both vary \
             too much."
        )
    } else if ratio.value.max(1.0 / ratio.value) < NOTICEABLE {
        format!(
            "The order made little difference: in {size}, a load took {random} at random, {in_order} in address order."
        )
    } else if ratio.value > 1.0 {
        format!(
            "In address order, a load from the same {size} takes {in_order}. Random order takes {} as long, {random}.",
            Unit::Times.write(ratio.value)
        )
    } else {
        format!(
            "In address order, a load from the same {size} took {in_order}. Random order took less, {random}, which is \
             unusual: run it again."
        )
    };
    Some(Finding::new("order", ratio.value, text))
}

/// What it costs when two threads' counters share a cache line.
fn sharing(args: &Args, host: &Host, data: &Data) -> Option<Finding> {
    let without = |text: &str| Some(Finding::new("sharing", 0.0, text.to_owned()));
    let (Some(near), Some(far)) = (data.pairs.first(), data.pairs.last()) else {
        if args.has(Part::Sharing) && host.memory != Memory::Shared {
            return without(
                "False sharing was not measured: it takes two threads that share memory, and this page cannot have them.",
            );
        }
        return None;
    };
    let (Some(together), Some(apart)) = (near.summary(), far.summary()) else {
        return without(
            "False sharing could not be measured: the two threads counted at the same time in too few rounds. It takes \
             two free cores.",
        );
    };
    let ratio = together.ratio(&apart)?;
    let (one_line, two_lines) = (ns(&together), ns(&apart));
    let what = "Two threads each add to a counter of their own";
    let text = if ratio.is_clear() && ratio.value >= NOTICEABLE {
        let mut text = format!(
            "{what}: {two_lines} per increment with the counters {} bytes apart, {one_line} with both on one cache \
             line. That is {} as long, though they share no data.",
            far.apart,
            Unit::Times.write(ratio.value)
        );
        // Where a line has 128 bytes, or the processor fetches it together with its neighbour.
        let half_way =
            data.pairs.iter().find(|pair| (64..far.apart).contains(&pair.apart)).and_then(|pair| pair.summary());
        if let Some(half_way) = half_way
            && half_way.ratio(&apart).is_some_and(|ratio| ratio.is_clear() && ratio.value >= NOTICEABLE)
        {
            text += &format!(" 64 bytes apart is not enough here: {}.", ns(&half_way));
        }
        text
    } else {
        format!(
            "{what}: {one_line} per increment with both counters on one cache line, {two_lines} with {} bytes between \
             them. No false sharing stands out here: the two may run on one core that shows as two.",
            far.apart
        )
    };
    Some(Finding::new("sharing", ratio.value, text))
}

/// Scores a guess of how many times as long as a register the largest set takes.
pub(super) fn score(guess: &Guess, data: &Data) -> Option<Score> {
    let guessed = guess.number.filter(|number| number.is_finite() && *number > 0.0)?;
    let largest = levels(data).pop()?;
    let ratio = largest.ns.ratio(&Summary::of(&data.register_ns)?)?;
    // What varies too much to be told apart is no factor.
    let (measured, came) = if ratio.is_clear() {
        (ratio.value, format!("it was {}", Unit::Times.write(ratio.value)))
    } else {
        (1.0, "the two were too close to tell apart".to_owned())
    };
    let right = (measured / guessed).max(guessed / measured) <= NEAR;
    let guessed = Unit::Times.write(guessed);
    let text = if right {
        format!("You were right, within a factor of two: {came}; you guessed {guessed}.")
    } else {
        format!("You expected {guessed}; {came}.")
    };
    Some(Score { right, text })
}
