//! Text forms, as grids; and tables.

use crate::samples;
use interleave_trace::figure::{Body, Cell};

/// The lines of a figure's text, without title and caption.
fn lines(figure: &interleave_trace::Figure, columns: usize) -> Vec<String> {
    let text = figure.text(columns);
    text.lines()
        .skip(1)
        .filter(|line| figure.caption.is_empty() || *line != figure.caption)
        .map(str::to_owned)
        .collect()
}

#[test]
fn a_graph_says_who_holds_and_who_waits() {
    assert_eq!(
        lines(&samples::deadlock(), 80),
        [
            "thread 1 ──holds──▶ lock A  ↺ in the cycle",
            "thread 2 ──holds──▶ lock B  ↺ in the cycle",
            "thread 1 ──waits for──▶ lock B  ↺ in the cycle",
            "thread 2 ──waits for──▶ lock A  ↺ in the cycle",
        ]
    );
    let guarded = lines(&samples::guarded(), 80);
    assert!(guarded.contains(&"mutex ═══ counter".to_owned()) && !guarded.iter().any(|line| line.contains('↺')));
}

#[test]
fn printed_lines_stand_in_columns_and_command_no_terminal() {
    let seen = lines(&samples::console(), 80);
    assert_eq!(seen[0], "  120 µs  main     │ starting 2 threads");
    assert_eq!(seen[2], "  213 ms  thread 2 ! Traceback:  [31mZeroDivisionError");
}

#[test]
fn strips_have_numbers_bars_and_what_is_left() {
    let expected = [
        "1 Ada",
        "2 Alan",
        "3 a thread with a name that is much longer than all others here",
        "4 Grace",
        "1 2 3 4 ████████████████████ 12 (60%)",
        "2 1 3 4 ██████████ 6 (30%)",
        "and 2 more in 2 runs (10%)",
    ];
    assert_eq!(lines(&samples::orders(), 37)[..7], expected);
    assert_eq!(samples::orders().csv().lines().nth(2).unwrap().split(',').next(), Some("2 1 3 4"));
    assert_eq!(samples::orders().to_table().unwrap().rows.len(), 4);
}

#[test]
fn what_is_missing_of_a_bar_is_lighter() {
    let seen = lines(&samples::lost(), 60);
    assert_eq!(seen, ["Additions", "█████████████████░░░░░░░░░░ 1,237,604 counted, 762,396 lost"]);
}

#[test]
fn bars_are_as_long_as_their_values() {
    let seen = lines(&samples::histogram(), 30);
    let bars: Vec<_> = seen[1..].iter().map(|line| line.matches('█').count()).collect();
    assert_eq!(bars, [2, 0, 7, 18, 5, 2]);
    assert!(seen[4].starts_with("21–30%   █") && seen[4].ends_with("█ 11"), "{seen:?}");
}

#[test]
fn a_table_gives_up_spreads_before_columns() {
    let table = samples::comparison();
    assert_eq!(
        lines(&table, 200)[1],
        "Time to create          62.0 µs (55.8–77.5 µs)    1.23 ms (1.11–1.54 ms)                20× (18–25×)"
    );
    let narrow = lines(&table, 80);
    assert_eq!(narrow[0], "Property                Thread             Process                    Factor");
    assert_eq!(narrow[1], "Time to create          62.0 µs            1.23 ms                       20×");
    assert_eq!(
        lines(&table, 40)[..3],
        ["Time to create", "  Thread   62.0 µs (55.8–77.5 µs)", "  Process  1.23 ms (1.11–1.54 ms)"]
    );
}

#[test]
fn a_plot_has_its_points_where_the_axes_say() {
    let seen = lines(&samples::speedup(), 43);
    assert_eq!(
        seen[..17],
        [
            "Speed-up",
            "8× ┤                    ┊                ··",
            "   │                    ┊            ····",
            "   │                    ┊         ···",
            "6× ┤                    ┊      ···",
            "   │                    ┊  ····",
            "4× ┤                    ···      ○   ○    ○",
            "   │                 ···┊   ○",
            "   │ ┈┈┈┈┈┈┈┈┈┈┈┈····┈┈┈●┈┈┈●┈┈┈┈●┈┈┈●┈┈┈┈●",
            "2× ┤          ●··  ●    ┊",
            "   │       ···          ┊",
            "   │   ···●             ┊",
            " 0 ┤ ··                 ┊",
            "   └─┴────────┴─────────┴────────┴────────┴",
            "     0        2         4        6        8",
            "                                    Workers",
            "● measured  ○ Amdahl’s law, 10% serial  ┊ 4 cores  ┈ best measured  · ideal",
        ]
    );
}

#[test]
fn runs_begin_below_each_other() {
    assert_eq!(
        lines(&samples::timeline(), 29),
        [
            "Sequential: 400 ms",
            "main     ##########..........",
            "",
            "Parallel: 200 ms · 3 switches · 2.0×",
            "thread 1 ##########",
            "thread 2 ..........",
            "",
            "# run  . sleep  / ready  w wait  + spawn  m message",
        ]
    );
}

#[test]
fn a_chart_as_a_table_has_all_its_points_and_rules() {
    let table = samples::memory().to_table().unwrap();
    let heads: Vec<_> = table.columns.iter().map(|column| column.name.as_str()).collect();
    assert_eq!(heads, ["Size of what is accessed", "random order", "in order", "a register"]);
    assert_eq!(table.rows.len(), 15 + 3);
    let texts: Vec<_> = table.rows[0].cells.iter().map(Cell::write).collect();
    assert_eq!(
        (table.rows[0].name.as_str(), texts),
        ("4 kB", vec!["1.21 ns (1.13–1.32 ns)".to_owned(), "0.90 ns (0.88–0.93 ns)".to_owned(), "0.31 ns".to_owned()])
    );
    assert_eq!(
        (table.rows[15].name.as_str(), table.rows[15].cells[0].write()),
        ("1st step at 32 kB", "at 32 kB".to_owned())
    );
    assert_eq!(samples::timeline().to_table(), None);
}

#[test]
fn tables_of_numbers_have_their_units_and_no_formulas() {
    let mut figure = samples::remedies();
    assert!(
        figure.csv().starts_with(
            "series,name,value,low,high,least,most,unit\n2 threads,plain,1.8,1.584,2.1456,1.584,2.1456,ns\n"
        ),
        "{}",
        figure.csv()
    );
    if let Body::Chart(chart) = &mut figure.body {
        chart.series[0].name = "=1+1".to_owned();
        chart.series[0].points[0].y = -2.0;
        chart.series[0].points[0].spread.high = f64::NAN;
    }
    assert!(figure.csv().contains("\n'=1+1,plain,-2,1.584,,1.584,2.1456,ns\n"), "{}", figure.csv());
    assert!(samples::memory().csv().starts_with("series,bytes,value,low,high,least,most,unit\nrandom order,4096,1.2"));
    assert!(samples::deadlock().csv().ends_with("thread 2,thread,,waits for,waits for,lock A,lock,,1\n"));
    assert!(samples::comparison().csv().contains("\nA global is set by one,Thread,the others see it,,,,,text\n"));
    assert!(samples::console().csv().starts_with("at_us,by,stream,text\n120,main,output,starting 2 threads\n"));
    assert!(samples::timeline().csv().starts_with("mode,lane,"));
}
