//! `race` in processes, which are children of the program itself.

use interleave_labs::file;
use interleave_labs::race::{Race, SLOW_ADDS};
use interleave_trace::{LaneKind, State};
use std::process::Command;

#[test]
fn processes_share_nothing_and_lose_nothing() {
    let program = env!("CARGO_BIN_EXE_interleave");
    let arguments = "run race --threads=3 --adds=100000 --repeats=2 --remedies=plain,processes,own-lock --json";
    let output = Command::new(program).args(arguments.split_whitespace()).output().unwrap();
    assert!(output.status.success(), "{output:?}");
    let (_, _, measured) = file::read::<Race>(&String::from_utf8(output.stdout).unwrap()).unwrap();
    let remedies: Vec<_> = measured.data.trials.iter().map(|trial| trial.remedy.slug()).collect();
    assert_eq!(remedies, ["plain", "processes", "own-lock"]);
    let processes = &measured.data.trials[1];
    assert!(processes.bouts.iter().all(|bout| bout.counted == 300_000), "{processes:?}");
    assert_eq!(processes.slow_counted, 3 * SLOW_ADDS);
    let run = &measured.runs[1];
    assert!(run.lanes.iter().all(|lane| lane.kind == LaneKind::Process));
    for lane in 0..3 {
        let count = |state| run.spans.iter().filter(|span| span.lane == lane && span.state == state).count();
        assert_eq!((count(State::Run), count(State::Message)), (SLOW_ADDS as usize, 2), "{:?}", run.spans);
    }
}
