//! The report: `benchmarks.json` for programs, and made of it `BENCHMARKS.md` for people.
//!
//! Each row has the date and the commit it was measured at, for rows can be measured alone. They stand in one file only as long as they
//! are of one machine.

use crate::budget::{Judged, Verdict};
use crate::measured::{Summary, number};
use crate::row::{Row, Samples};
use serde::{Deserialize, Serialize};
use serde_json::json;
use std::collections::BTreeMap;
use std::path::Path;
use std::{fs, io};

/// Everything that was measured on one machine.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Report {
    /// What it was measured on, as names and values.
    pub machine: BTreeMap<String, String>,
    /// The rows, in the order of the list.
    pub rows: Vec<RowReport>,
}

/// What was measured of one row.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct RowReport {
    /// The row's name.
    pub row: String,
    /// What it is.
    pub title: String,
    /// When it was measured.
    pub date: String,
    /// Of which commit.
    pub commit: String,
    /// Its quantities.
    pub quantities: Vec<Summary>,
    /// Its budgets.
    pub budgets: Vec<Judged>,
}

impl RowReport {
    /// Of what was measured just now.
    pub fn new(row: &Row, samples: &Samples, date: &str, commit: &str) -> RowReport {
        let measured = samples.measured.iter().filter(|measured| !measured.turns.concat().is_empty());
        RowReport {
            row: row.slug.to_owned(),
            title: row.title.to_owned(),
            date: date.to_owned(),
            commit: commit.to_owned(),
            quantities: measured.map(crate::measured::Measured::summary).collect(),
            budgets: row.budgets.iter().map(|budget| budget.judge(&samples.measured)).collect(),
        }
    }
}

impl Report {
    /// What `folder` holds.
    ///
    /// # Errors
    /// If it has no report that can be read.
    pub fn read(folder: &Path) -> Result<Report, String> {
        let text = fs::read_to_string(folder.join("benchmarks.json")).map_err(|error| error.to_string());
        let report = text.and_then(|text| serde_json::from_str(&text).map_err(|error| error.to_string()));
        report.map_err(|why| format!("the figures of the other rows cannot be read from benchmarks.json: {why}"))
    }

    /// Puts these rows in place of the older ones of the same names. `order` has the names of all rows; what is not among them is dropped.
    ///
    /// # Errors
    /// If this report is of another machine, and would keep rows of it.
    pub fn update(&mut self, new: Report, order: &[&str]) -> Result<(), String> {
        let is_new = |name: &str| new.rows.iter().any(|row| row.row == name);
        self.rows.retain(|row| order.contains(&row.row.as_str()) && !is_new(&row.row));
        if !self.rows.is_empty() {
            let names = self.machine.keys().chain(new.machine.keys());
            let other = names.into_iter().find(|name| self.machine.get(*name) != new.machine.get(*name));
            if let Some(name) = other {
                let value =
                    |machine: &BTreeMap<String, String>| machine.get(name).cloned().unwrap_or("unknown".to_owned());
                return Err(format!(
                    "the figures of the other rows are of another machine ({name}: {}, here {})",
                    value(&self.machine),
                    value(&new.machine)
                ));
            }
        }
        self.machine = new.machine;
        self.rows.extend(new.rows);
        self.rows.sort_by_key(|row| order.iter().position(|name| *name == row.row));
        Ok(())
    }

    /// Writes both files into `folder`.
    ///
    /// # Errors
    /// If they cannot be written.
    pub fn write(&self, folder: &Path) -> io::Result<()> {
        fs::write(folder.join("BENCHMARKS.md"), self.markdown())?;
        fs::write(folder.join("benchmarks.json"), self.json())
    }

    /// All budgets, broken ones first, each with the row it is of.
    pub fn budgets(&self) -> Vec<(&RowReport, &Judged)> {
        let mut all: Vec<_> = self.rows.iter().flat_map(|row| row.budgets.iter().map(move |it| (row, it))).collect();
        all.sort_by_key(|(_, judged)| judged.verdict);
        all
    }

    /// One line for each quantity and each budget, so that differences can be read.
    fn json(&self) -> String {
        let lines = |values: Vec<serde_json::Value>| {
            let lines: Vec<String> = values.iter().map(|value| format!("      {value}")).collect();
            if lines.is_empty() { "[]".to_owned() } else { format!("[\n{}\n    ]", lines.join(",\n")) }
        };
        let rows = self.rows.iter().map(|row| {
            let quantities = lines(row.quantities.iter().map(|it| json!(it)).collect());
            let budgets = lines(row.budgets.iter().map(|it| json!(it)).collect());
            format!(
                "  {{\n    \"row\": {}, \"title\": {}, \"date\": {}, \"commit\": {},\n    \"quantities\": {quantities},\n    \"budgets\": {budgets}\n  }}",
                json!(row.row),
                json!(row.title),
                json!(row.date),
                json!(row.commit)
            )
        });
        let machine = serde_json::to_string_pretty(&self.machine).expect("text").replace('\n', "\n  ");
        format!("{{\n  \"machine\": {machine},\n  \"rows\": [\n{}\n  ]\n}}\n", rows.collect::<Vec<_>>().join(",\n"))
    }

    fn markdown(&self) -> String {
        let mut text = INTRODUCTION.to_owned();
        for (name, value) in &self.machine {
            text += &format!("- {name}: {value}\n");
        }
        let budgets = self.budgets();
        let beyond: Vec<_> = budgets.iter().filter(|(_, judged)| judged.verdict != Verdict::Kept).collect();
        text += &format!("\n**{} of {} budgets are kept.**", budgets.len() - beyond.len(), budgets.len());
        if !beyond.is_empty() {
            text += " The others:\n\n| | row | of | budget | measured | n |\n|---|---|---|---|---|---|\n";
        }
        for (row, Judged { of, target, reached, n, verdict, .. }) in beyond {
            text += &format!("| {} | `{}` | {of} | {target} | {reached} | {n} |\n", verdict.mark(), row.row);
        }
        for row in &self.rows {
            text += &row.markdown();
        }
        text
    }
}

const INTRODUCTION: &str = "# Benchmarks

Written by `cargo xtask bench`. Each figure is a median with its 95 % interval, by a bootstrap over turns and the samples of each. A turn is
one browser or one program; what is compared took turns. A budget is kept (✓) where the figure is within its limit, broken (✗) where the
whole interval is beyond it, and doubtful (?) in between. Broken ones fail the bench.

";

impl RowReport {
    fn markdown(&self) -> String {
        let RowReport { row, title, date, commit, .. } = self;
        let mut text = format!(
            "\n\n## {title}\n\n`{row}`, measured at {commit}, {date}.\n\n\
             | what | median (interval) | least · quartiles · most | n | beside | budget | |\n|---|---|---|---|---|---|---|\n"
        );
        for quantity in &self.quantities {
            let budgets: Vec<&Judged> = self.budgets.iter().filter(|judged| judged.of == quantity.name).collect();
            let cells = |cell: &dyn Fn(&Judged) -> String| {
                budgets.iter().map(|judged| cell(judged)).collect::<Vec<_>>().join("<br>")
            };
            // A ratio stands beside what it is taken of; what is judged by itself is in the row already, but for a figure that is no median.
            let beside = cells(&|judged| match &judged.beside {
                Some(other) => format!("{} of {other}", judged.reached),
                None if judged.target.starts_with("at ") => "–".to_owned(),
                None => judged.reached.clone(),
            });
            let of_each = |count: usize| {
                if quantity.turns == 1 { format!("{count}") } else { format!("{count} in {}", quantity.turns) }
            };
            let [low, high] = quantity.interval.map(number);
            let [lower, upper] = quantity.quartiles.map(number);
            text += &format!(
                "| {} | {} {} ({low}–{high}) | {} · {lower}–{upper} · {} | {} | {beside} | {} | {} |\n",
                quantity.name,
                number(quantity.median),
                quantity.unit,
                number(quantity.least),
                number(quantity.most),
                of_each(quantity.n),
                cells(&|judged| judged.target.clone()),
                cells(&|judged| judged.verdict.mark().to_owned()),
            );
        }
        for judged in self.budgets.iter().filter(|judged| judged.verdict == Verdict::NotMeasured) {
            text += &format!("| {} | not measured | | 0 | | {} | ✗ |\n", judged.of, judged.target);
        }
        text
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::budget::{Budget, Limit};
    use crate::measured::Measured;
    use crate::statistics::Figure;

    const ROW: Row = Row {
        slug: "task",
        title: "An empty task",
        sources: &[],
        turns: 1,
        budgets: &[
            Budget { of: "pool", figure: Figure::Median, limit: Limit::Most(0.5) },
            Budget { of: "pool", figure: Figure::Median, limit: Limit::MostTimes(0.5, "peer") },
        ],
    };

    fn row(slug: &str, commit: &str) -> RowReport {
        let measured = vec![Measured::new("pool", "µs", vec![0.7; 9]), Measured::new("peer", "µs", vec![2.0; 9])];
        let samples = Samples { measured, failures: Vec::new() };
        RowReport { row: slug.to_owned(), ..RowReport::new(&ROW, &samples, "today", commit) }
    }

    fn report(machine: &str, rows: Vec<RowReport>) -> Report {
        Report { machine: [("processor".to_owned(), machine.to_owned())].into(), rows }
    }

    #[test]
    fn a_broken_budget_is_shown_first_and_beside_its_figures() {
        let text = report("one", vec![row("task", "abc")]).markdown();
        assert!(text.contains("**1 of 2 budgets are kept.**"), "{text}");
        assert!(text.contains("| ✗ | `task` | pool | at most 0.500 µs | 0.700 µs (0.700–0.700) | 9 |"), "{text}");
        let line = "| pool | 0.700 µs (0.700–0.700) | 0.700 · 0.700–0.700 · 0.700 | 9 | –<br>0.35 × (0.35 ×–0.35 ×) of peer \
                    | at most 0.500 µs<br>at most 0.50 × of peer | ✗<br>✓ |";
        assert!(text.contains(line), "{text}");
    }

    #[test]
    fn what_is_written_is_read_again() {
        let written = report("one", vec![row("task", "abc"), row("other", "abc")]);
        let text = written.json();
        assert_eq!(serde_json::from_str::<Report>(&text).unwrap(), written, "{text}");
        assert!(!text.contains("samples") && text.lines().count() < 40, "{text}");
    }

    #[test]
    fn chosen_rows_are_put_in_and_the_others_keep_their_commit() {
        let order = ["first", "task", "last"];
        let mut report_ = report("one", vec![row("gone", "old"), row("task", "old"), row("last", "old")]);
        report_.update(report("one", vec![row("task", "new"), row("first", "new")]), &order).unwrap();
        let rows: Vec<_> = report_.rows.iter().map(|row| (row.row.as_str(), row.commit.as_str())).collect();
        assert_eq!(rows, [("first", "new"), ("task", "new"), ("last", "old")]);
    }

    #[test]
    fn rows_of_two_machines_are_never_mixed() {
        let order = ["task", "last"];
        let mut report_ = report("one", vec![row("task", "old"), row("last", "old")]);
        let error = report_.update(report("two", vec![row("task", "new")]), &order).unwrap_err();
        assert!(error.contains("processor: one, here two"), "{error}");
        let all = report("two", vec![row("task", "new"), row("last", "new")]);
        report_.update(all.clone(), &order).unwrap();
        assert_eq!(report_, all);
    }
}
