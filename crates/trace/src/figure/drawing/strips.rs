//! Strips of coloured places, with a bar for how often each came.

use super::pen::{Anchor, LINE, Pen, Place};
use super::words;
use crate::figure::Strips;
use Anchor::{Middle, Start};

/// From one strip to the next.
const ROW: f64 = 22.0;
/// How high a place is.
const HIGH: f64 = 18.0;
/// How wide a place is at most.
const WIDE: f64 = 26.0;
/// The part of the width that strips take at most.
const PART: f64 = 0.56;
/// Lines for what the numbers mean.
const LEGEND: u32 = 2;
/// How much of its colour a place has at most, in per cent: its number must be readable on it.
const STRONGEST: f64 = 50.0;

/// Draws the strips; returns their height, which depends on the room for them and on nothing else.
pub(super) fn draw(strips: &Strips, pen: &mut Pen) -> f64 {
    legend(strips, pen);
    let top = f64::from(LEGEND) * LINE + 8.0;
    let things = strips.names.len().max(1) as f64;
    let wide = WIDE.min(PART * pen.width / things);
    let labels = strips.drawn().iter().map(|strip| strips.often(strip));
    let label = labels.map(|label| words::width(&label)).fold(0.0, f64::max);
    let left = things * wide + 10.0;
    let long = (pen.width - left - label - 6.0).max(0.0);
    let most = strips.drawn().iter().map(|strip| strip.count).max().unwrap_or(1);
    for (index, strip) in strips.drawn().iter().enumerate() {
        let y = top + index as f64 * ROW;
        for (place, &thing) in strip.places.iter().enumerate() {
            let x = place as f64 * wide;
            cell(strips, thing, [x, y, x + wide - wide.min(1.0), y + HIGH], pen);
        }
        let end = left + long * f64::from(strip.count) / f64::from(most.max(1));
        pen.rect("bar series-0", [left, y + 4.0, end, y + HIGH - 4.0], 1.0);
        pen.text("number", Start, end + 6.0, y + 13.0, &strips.often(strip));
        let told = format!("{}: {} of {} {}", strips.told(strip), strip.count, strips.total(), strips.of);
        pen.spot([0.0, y, pen.width, y + HIGH], told);
    }
    let bottom = top + f64::from(strips.room) * ROW;
    let rest = if strips.strips.is_empty() { Some(super::NOTHING.to_owned()) } else { strips.rest() };
    if let Some(rest) = rest {
        let y = if strips.strips.is_empty() { LINE } else { bottom + LINE - 2.0 };
        pen.text("quiet", Start, 0.0, y, &words::shortened(&rest, pen.width));
    }
    bottom + LINE + 4.0
}

/// A place with the number of what is there, if it has room for it.
fn cell(strips: &Strips, thing: u32, at: Place, pen: &mut Pen) {
    let (class, strength) = colour(thing, strips.names.len());
    pen.shade(class, strength, at);
    let longest = words::width(&strips.names.len().to_string());
    if at[2] - at[0] >= longest + 4.0 {
        pen.text("number", Middle, (at[0] + at[2]) / 2.0, at[1] + 13.0, &(thing + 1).to_string());
    }
}

/// The class of a thing's colour, and how strong it is in per cent: from one colour to another, palest in the middle.
fn colour(thing: u32, things: usize) -> (&'static str, f64) {
    let last = things.saturating_sub(1).max(1) as f64;
    // From −1 for the first to 1 for the last.
    let side = 2.0 * f64::from(thing) / last - 1.0;
    (if side < 0.0 { "bar series-0" } else { "bar series-1" }, 6.0 + (STRONGEST - 6.0) * side.abs().min(1.0))
}

/// What the numbers mean, as far as there is room.
fn legend(strips: &Strips, pen: &mut Pen) {
    if strips.strips.is_empty() {
        return;
    }
    let (mut x, mut line) = (0.0, 0);
    let ellipsis = words::width("…");
    for (thing, name) in (0..).zip(&strips.names) {
        let chip = words::width(&(thing + 1).to_string()) + 8.0;
        let name = words::shortened(name, 0.6 * pen.width);
        let long = chip + 5.0 + words::width(&name);
        let is_last = thing as usize + 1 == strips.names.len();
        let room = if is_last || line + 1 < LEGEND { pen.width } else { pen.width - ellipsis };
        if x > 0.0 && x + long > room {
            if line + 1 == LEGEND {
                pen.text("", Start, x - 8.0, f64::from(line) * LINE + 12.0, "…");
                return;
            }
            (x, line) = (0.0, line + 1);
        }
        let y = f64::from(line) * LINE;
        let (class, strength) = colour(thing, strips.names.len());
        pen.shade(class, strength, [x, y + 1.0, x + chip, y + LINE - 1.0]);
        pen.text("number", Middle, x + chip / 2.0, y + 12.0, &(thing + 1).to_string());
        pen.text("", Start, x + chip + 5.0, y + 12.0, &name);
        x += long + 14.0;
    }
}
