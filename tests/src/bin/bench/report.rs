//! The report: `BENCHMARKS.md` for people, `benchmarks.json` for programs.

use crate::row::{Figure, Measured, Row, number};
use serde_json::{Value, json};
use std::fs;
use std::path::Path;
use std::process::Command;

/// Writes both files into the workspace's folder.
///
/// # Panics
/// If they cannot be written.
pub fn write(measured: &[(&Row, Vec<Measured>)], quick: bool) {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let machine = machine(quick);
    fs::write(root.join("BENCHMARKS.md"), markdown(measured, &machine)).expect("BENCHMARKS.md");
    let json = serde_json::to_string_pretty(&as_json(measured, &machine)).expect("figures as JSON");
    fs::write(root.join("benchmarks.json"), json + "\n").expect("benchmarks.json");
    println!("\nwrote BENCHMARKS.md and benchmarks.json");
}

/// What the figures were measured on, as names and values.
fn machine(quick: bool) -> Vec<(&'static str, String)> {
    let cpu = fs::read_to_string("/proc/cpuinfo").unwrap_or_default();
    let cpu = cpu.lines().find_map(|line| line.strip_prefix("model name")?.split_once(':'));
    let cores = std::thread::available_parallelism().map_or(1, usize::from);
    let memory = fs::read_to_string("/proc/meminfo").unwrap_or_default();
    let memory =
        memory.lines().find_map(|line| line.strip_prefix("MemTotal:")?.split_whitespace().next()?.parse().ok());
    let system = fs::read_to_string("/etc/os-release").unwrap_or_default();
    let system = system.lines().find_map(|line| line.strip_prefix("PRETTY_NAME=")).unwrap_or("unknown");
    vec![
        ("date", output("date", &["-u", "+%Y-%m-%d %H:%M UTC"])),
        ("commit", output("git", &["rev-parse", "--short", "HEAD"])),
        ("measured", if quick { "quickly: few repeats" } else { "in full" }.to_owned()),
        ("processor", format!("{}, {cores} cores", cpu.map_or("unknown", |(_, name)| name.trim()))),
        ("memory", format!("{:.1} GB", memory.unwrap_or(0.0) / 1e6)),
        ("system", system.trim_matches('"').to_owned()),
        ("Chromium", output(&e2e::from_xtask("INTERLEAVE_CHROMIUM"), &["--version"])),
        ("Firefox", output(&e2e::from_xtask("INTERLEAVE_FIREFOX"), &["--version"])),
        ("rustc", output("rustc", &["--version"])),
        ("Node.js", output("node", &["--version"])),
        ("peers", peers()),
    ]
}

fn peers() -> String {
    let manifest: Value =
        serde_json::from_str(include_str!("../../../../crates/bench/package.json")).expect("a manifest");
    let peers = manifest["devDependencies"].as_object().expect("peers");
    let peers: Vec<_> =
        peers.iter().map(|(name, version)| format!("{name} {}", version.as_str().unwrap_or(""))).collect();
    peers.join(", ")
}

fn output(program: &str, arguments: &[&str]) -> String {
    let output = Command::new(program).args(arguments).output();
    output.map_or_else(|_| "unknown".to_owned(), |output| String::from_utf8_lossy(&output.stdout).trim().to_owned())
}

fn markdown(measured: &[(&Row, Vec<Measured>)], machine: &[(&str, String)]) -> String {
    let mut text = "# Benchmarks\n\nWritten by `cargo xtask bench`. Figures are medians; those that are \
                    compared were taken by turns.\n\n"
        .to_owned();
    for (name, value) in machine {
        text += &format!("- {name}: {value}\n");
    }
    text += "\n## Budgets\n\n| | what must be reached | what was measured |\n|---|---|---|\n";
    for (row, figures) in measured {
        for verdict in row.verdicts(figures) {
            let mark = if verdict.kept { "✓" } else { "**✗**" };
            text += &format!("| {mark} | {}: {} | {} |\n", row.title, verdict.target, verdict.reached);
        }
    }
    text += "\n## Figures\n";
    for (row, figures) in measured {
        text += &format!("\n### {}\n\n| | median | least–most | repeats |\n|---|---|---|---|\n", row.title);
        for measured in figures {
            let (least, most) = measured.spread();
            text += &format!(
                "| {} | {} {} | {}–{} | {} |\n",
                measured.name,
                number(measured.figure(Figure::Median)),
                measured.unit,
                number(least),
                number(most),
                measured.samples.len()
            );
        }
    }
    text
}

fn as_json(measured: &[(&Row, Vec<Measured>)], machine: &[(&str, String)]) -> Value {
    let machine: serde_json::Map<_, _> =
        machine.iter().map(|(name, value)| ((*name).to_owned(), json!(value))).collect();
    let rows: Vec<Value> = measured
        .iter()
        .map(|(row, figures)| {
            let verdicts = row.verdicts(figures).into_iter();
            let budgets = verdicts.map(|it| json!({ "target": it.target, "reached": it.reached, "kept": it.kept }));
            let figures = figures.iter().map(|it| {
                json!({ "name": it.name, "unit": it.unit, "median": it.figure(Figure::Median), "samples": it.samples })
            });
            json!({ "row": row.slug, "title": row.title, "figures": figures.collect::<Vec<_>>(), "budgets": budgets.collect::<Vec<_>>() })
        })
        .collect();
    json!({ "machine": machine, "rows": rows })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::row::{Budget, Limit};

    const ROW: Row = Row {
        slug: "task",
        title: "An empty task",
        sources: &[],
        turns: 1,
        budgets: &[Budget { of: "pool", figure: Figure::Median, limit: Limit::Most(0.5) }],
    };

    #[test]
    fn a_broken_budget_is_shown_with_its_target() {
        let figures = vec![Measured::new("pool", "µs", vec![0.7, 0.6, 0.9])];
        let text = markdown(&[(&ROW, figures.clone())], &[("date", "today".to_owned())]);
        assert!(text.contains("| **✗** | An empty task: pool at most 0.5 µs | 0.700 µs |"), "{text}");
        assert!(text.contains("| pool | 0.700 µs | 0.600–0.900 | 3 |"), "{text}");
        let json = as_json(&[(&ROW, figures)], &[]);
        assert_eq!(json["rows"][0]["budgets"][0]["kept"], false);
        assert_eq!(json["rows"][0]["figures"][0]["samples"][2], 0.9);
    }
}
