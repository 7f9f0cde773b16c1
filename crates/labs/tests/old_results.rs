//! Results that have been downloaded from earlier versions: they still open, and say the same. Files are added, never changed.

use interleave_labs::compare::{Compare, contradictions};
use interleave_labs::{file, lab};
use interleave_trace::figure::Body;

/// 0.1: six tasks in six modes, before there were other labs, and before the machine was looked at.
const COMPARE_0_1: &str = include_str!("fixtures/compare-0.1.json");

#[test]
fn the_first_ones_open_with_all_that_they_held() {
    let (values, host, measured) = file::read::<Compare>(COMPARE_0_1).unwrap();
    assert_eq!((values.number("tasks"), values.number("sleep"), values.number("cpu")), (6, 100, 40));
    assert_eq!((host.cores, measured.runs.len(), measured.conditions.probe_us.len()), (2, 6, 0));
    let kept: serde_json::Value = serde_json::from_str(COMPARE_0_1).unwrap();
    for (run, kept) in measured.runs.iter().zip(kept["runs"].as_array().unwrap()) {
        assert_eq!(
            (run.mode.as_str(), run.wall_ms),
            (kept["mode"].as_str().unwrap(), kept["wall_ms"].as_f64().unwrap())
        );
        assert_eq!(run.spans.len(), kept["spans"].as_array().unwrap().len(), "{}", run.mode);
        let speedup = kept["speedup"].as_f64().unwrap();
        assert!((run.speedup.unwrap() - speedup).abs() < 1e-9, "{}", run.mode);
    }
    let report = lab("compare").unwrap().explain(COMPARE_0_1).unwrap();
    let [figure] = &report.figures[..] else { panic!("{} figures", report.figures.len()) };
    assert!(matches!(&figure.body, Body::Timeline(timeline) if timeline.runs.len() == 6));
    assert!(report.findings.iter().any(|finding| finding.id == "fastest"), "{:?}", report.findings);
    assert_eq!(contradictions(&serde_json::from_str(&report.result).unwrap(), None), [""; 0]);
}
