//! Sequences of the same things, and how often each came.

use super::{Cell, Column, Spread, Table, TableRow, Unit};

/// Sequences, each as a strip of coloured places: the earlier a thing stands among all of them, the bluer is its place, and the later, the
/// more orange. So a strip in the things' own order is a smooth ramp, and every other one is seen to be none.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Strips {
    /// The things, in their own order. A place has a thing's number, from 1.
    pub names: Vec<String>,
    /// What a sequence came in: `runs`.
    pub of: String,
    /// The sequences, in the order of drawing.
    pub strips: Vec<Strip>,
    /// How many have a strip of their own where it is drawn; the others are summed up. There is room for so many, even if there are fewer.
    pub room: u32,
}

/// A sequence.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Strip {
    /// The things' indices, from first to last.
    pub places: Vec<u32>,
    /// How often it came; at least once.
    pub count: u32,
}

impl Strip {
    /// The things' numbers: `2 1 3`.
    pub(super) fn numbers(&self) -> String {
        self.places.iter().map(|index| (index + 1).to_string()).collect::<Vec<_>>().join(" ")
    }
}

impl Strips {
    /// How often any sequence came.
    pub(super) fn total(&self) -> u32 {
        self.strips.iter().map(|strip| strip.count).sum()
    }

    /// Those that have a strip of their own.
    pub(super) fn drawn(&self) -> &[Strip] {
        &self.strips[..self.strips.len().min(self.room as usize)]
    }

    /// The names of a sequence's things: `Ada, Alan, Grace`.
    pub(super) fn told(&self, strip: &Strip) -> String {
        let name = |index: &u32| self.names.get(*index as usize).map_or("", String::as_str);
        strip.places.iter().map(name).collect::<Vec<_>>().join(", ")
    }

    /// How often a sequence came, with its share: `9 (18%)`.
    pub(super) fn often(&self, strip: &Strip) -> String {
        format!("{} ({})", strip.count, self.share(strip.count))
    }

    /// What has no strip of its own, in words; nothing if all have.
    pub(super) fn rest(&self) -> Option<String> {
        let rest = &self.strips[self.drawn().len()..];
        let count: u32 = rest.iter().map(|strip| strip.count).sum();
        (!rest.is_empty()).then(|| format!("and {} more in {count} {} ({})", rest.len(), self.of, self.share(count)))
    }

    fn share(&self, count: u32) -> String {
        Unit::Share.write(f64::from(count) / f64::from(self.total().max(1)))
    }

    /// A row for each sequence.
    pub(super) fn to_table(&self) -> Table {
        let heads = ["Numbers", "How often", "Share"];
        let value = |value: f64, unit| Cell::Value { value, spread: Spread::none(value), unit };
        let row = |(index, strip): (usize, &Strip)| TableRow {
            id: index.to_string(),
            name: strip.numbers(),
            help: self.told(strip),
            cells: vec![
                value(strip.count.into(), Unit::Count),
                value(f64::from(strip.count) / f64::from(self.total().max(1)), Unit::Share),
            ],
        };
        Table {
            columns: heads.map(|name| Column { name: name.to_owned(), bars: false }).to_vec(),
            rows: self.strips.iter().enumerate().map(row).collect(),
        }
    }
}
