//! The arguments of `process`.

use crate::values::Values;

/// The arguments.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Args {
    /// Which parts of the comparison are measured; never empty, in the order of [`Row::ALL`].
    pub rows: Vec<Row>,
    /// How many times each time is measured, 3–100.
    pub repeats: u32,
    /// The largest message, in bytes, 1 kB–16 MB.
    pub largest: u32,
    /// How many processes run the same program, 2–8.
    pub processes: u32,
}

/// A part of the comparison.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Row {
    /// How long it takes to start one, and to wake an idle one.
    Create,
    /// How long it takes to switch from one to another.
    Switch,
    /// How long a message takes, by size.
    Send,
    /// How much memory one more takes.
    Memory,
    /// Who sees what another one sets, and who survives a crash.
    Isolation,
}

impl Row {
    /// Every part, in the order of the table.
    pub const ALL: [Row; 5] = [Row::Create, Row::Switch, Row::Send, Row::Memory, Row::Isolation];

    /// Its name in the URL.
    #[must_use]
    pub fn slug(self) -> &'static str {
        match self {
            Row::Create => "create",
            Row::Switch => "switch",
            Row::Send => "send",
            Row::Memory => "memory",
            Row::Isolation => "isolation",
        }
    }

    /// Its name.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Row::Create => "Create",
            Row::Switch => "Switch",
            Row::Send => "Send",
            Row::Memory => "Memory",
            Row::Isolation => "Isolation",
        }
    }

    /// What it measures, in a few words.
    pub(super) fn tag(self) -> &'static str {
        match self {
            Row::Create => "start one, wake one",
            Row::Switch => "from one to another",
            Row::Send => "from small to large",
            Row::Memory => "what one more takes",
            Row::Isolation => "who sees it, who survives",
        }
    }

    /// What it measures, in a sentence.
    pub(super) fn help(self) -> &'static str {
        match self {
            Row::Create => "How long it takes to start one, and to wake an idle one.",
            Row::Switch => "How long it takes to switch from one to another.",
            Row::Send => "How long a message takes, from one byte to the largest size.",
            Row::Memory => "How much memory one more takes.",
            Row::Isolation => "Who sees a global that another one sets, and who survives a crash.",
        }
    }
}

impl Args {
    /// Builds the arguments from valid values.
    #[must_use]
    pub fn of(values: &Values) -> Args {
        let ticked = values.ticks("rows");
        Args {
            rows: Row::ALL.into_iter().filter(|row| ticked.iter().any(|slug| slug == row.slug())).collect(),
            repeats: values.number("repeats"),
            largest: values.number("size") * 1024,
            processes: values.number("processes"),
        }
    }

    /// The arguments as a query string, starting with `lab`.
    #[must_use]
    pub fn to_query(&self) -> String {
        let rows: Vec<&str> = self.rows.iter().map(|row| row.slug()).collect();
        let (lab, rows, kilobytes) = (super::SLUG, rows.join(","), self.largest / 1024);
        format!("lab={lab}&rows={rows}&repeats={}&size={kilobytes}&processes={}", self.repeats, self.processes)
    }

    /// The sizes of the messages, in bytes: 1, then each 16 times the one before, up to the largest.
    #[must_use]
    pub fn sizes(&self) -> Vec<u32> {
        let powers = (0..7).map(|power| 16_u32.pow(power));
        powers.take_while(|size| *size < self.largest).chain([self.largest]).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::process::sheet::controls;

    fn args(query: &str) -> Args {
        let (values, notices) = Values::from_query(&controls(), query);
        assert_eq!(notices, []);
        Args::of(&values)
    }

    #[test]
    fn values_become_arguments() {
        let of = args("rows=memory,create&repeats=3&size=64&processes=8");
        let expected = Args { rows: vec![Row::Create, Row::Memory], repeats: 3, largest: 65_536, processes: 8 };
        assert_eq!(of, expected);
        assert_eq!(args("").rows, Row::ALL);
    }

    #[test]
    fn the_query_is_that_of_the_values() {
        let (values, _) = Values::from_query(&controls(), "rows=send,create&repeats=50&size=2048&processes=3");
        assert_eq!(Args::of(&values).to_query(), values.to_query("process"));
    }

    #[test]
    fn sizes_go_from_a_byte_to_the_largest() {
        assert_eq!(args("size=1").sizes(), [1, 16, 256, 1024]);
        assert_eq!(args("size=4").sizes(), [1, 16, 256, 4096]);
        assert_eq!(args("size=16384").sizes(), [1, 16, 256, 4096, 65_536, 1 << 20, 1 << 24]);
    }
}
