use super::*;
use crate::place::{Place, Why};
use interleave_labs::compare::predict::Prediction;
use interleave_labs::result::{Host, Memory, Runtime};
use interleave_trace::{Lane, LaneKind, Span, State as TaskState};

fn host() -> Host {
    Host { runtime: Runtime::Browser, cores: 2, memory: Memory::Shared, timer_us: 5.0, agent: String::new() }
}

fn up() -> Action {
    Action::Engine(FromEngine::Up { host: host() })
}

fn started(mode: &str) -> Action {
    let lanes = vec![Lane { id: 0, name: "main thread".into(), kind: LaneKind::Main }];
    Action::Engine(FromEngine::Started { mode: mode.into(), lanes })
}

fn span(start_us: u64, end_us: u64) -> Span {
    Span { lane: 0, task: 0, state: TaskState::Sleep, start_us, end_us }
}

fn finished_run(mode: &str, wall_ms: f64) -> Action {
    Action::Engine(FromEngine::Finished { run: run_of(mode, wall_ms) })
}

fn run_of(mode: &str, wall_ms: f64) -> Run {
    Run {
        mode: mode.into(),
        wall_ms,
        speedup: None,
        checksum: "c".into(),
        context_switches: 0,
        switch_us: 0,
        lanes: vec![Lane { id: 0, name: "main thread".into(), kind: LaneKind::Main }],
        spans: vec![span(0, 10)],
        output: vec![],
    }
}

const SHARED: Place = Place { memory: Memory::Shared, why: Why::Isolated };
const SEPARATE: Place = Place { memory: Memory::Separate, why: Why::Frame };
const NO_WORKERS: Place = Place { memory: Memory::None, why: Why::Sandbox };

/// A phase in a word.
fn phase(state: &State) -> String {
    match &state.phase {
        Phase::Running(Step::Mode(mode)) => format!("running {}", mode.slug()),
        Phase::Running(step) => format!("{step:?}").to_lowercase(),
        Phase::Failed { code, .. } => format!("failed {}", code.name()),
        other => format!("{other:?}").to_lowercase(),
    }
}

/// An effect in a word.
fn effect(effect: &Effect) -> String {
    match effect {
        Effect::Tell(ToEngine::Run { .. }) => "tell run".into(),
        Effect::Replace { unclean } => if *unclean { "replace unclean" } else { "replace" }.into(),
        Effect::Discard { unclean } => if *unclean { "discard unclean" } else { "discard" }.into(),
        Effect::Emit(Event::Error(code, _)) => format!("emit error {}", code.name()),
        Effect::Emit(event) => format!("emit {event:?}").split('(').next().unwrap_or("").to_lowercase(),
        other => format!("{other:?}").to_lowercase(),
    }
}

/// What happens, as a table: after each action the phase, and the effects.
fn table(query: &str, actions: Vec<Action>) -> (State, Vec<String>) {
    let mut state = State::from_query(query, SHARED);
    let mut rows = Vec::new();
    for action in actions {
        let (next, effects) = reduce(&state, action);
        state = next;
        let effects: Vec<_> = effects.iter().map(effect).collect();
        rows.push(format!("{} | {}", phase(&state), effects.join(", ")));
    }
    (state, rows)
}

const TWO: &str = "modes=sequential,pool&tasks=1";

#[test]
fn a_run_from_start_to_result() {
    let actions = vec![
        up(),
        Action::Run,
        Action::Turn,
        Action::Engine(FromEngine::Calibrating),
        started("sequential"),
        finished_run("sequential", 8.0),
        started("pool"),
        finished_run("pool", 4.0),
        Action::Engine(FromEngine::Done),
        up(),
    ];
    let (state, rows) = table(TWO, actions);
    assert_eq!(
        rows,
        [
            "ready | emit ready",
            "starting | askturn",
            "preparing | emit started, tell run",
            "preparing | ",
            "running sequential | ",
            "preparing | ",
            "running pool | ",
            "preparing | ",
            "done | replace, giveturn, emit result",
            "done | ",
        ]
    );
    let outcome = state.outcome.unwrap();
    assert_eq!(outcome.result.runs.iter().map(|run| run.speedup).collect::<Vec<_>>(), [Some(1.0), Some(2.0)]);
    assert_eq!(state.runs[1].speedup, Some(2.0));
}

#[test]
fn run_before_the_engine_is_up_waits_for_it() {
    let (_, rows) = table(TWO, vec![Action::Run, Action::Run, Action::Turn, up()]);
    let last = "preparing | emit ready, emit started, tell run";
    assert_eq!(rows, ["starting | askturn", "starting | ", "starting | ", last]);
}

#[test]
fn stop_asks_and_then_replaces_the_engine() {
    let actions = vec![
        up(),
        Action::Run,
        Action::Turn,
        started("sequential"),
        Action::Stop,
        Action::Stop,
        Action::Engine(FromEngine::Stopped),
        Action::StopOverdue,
        Action::Run,
    ];
    let (_, rows) = table(TWO, actions);
    assert_eq!(
        rows[4..],
        [
            "stopping | stop",
            "stopping | ",
            "ready | replace, giveturn, emit error stopped",
            "ready | ",
            "starting | askturn"
        ]
    );
}

#[test]
fn the_page_is_ready_before_a_slow_engine_has_ended_but_the_next_run_waits_for_that() {
    let actions = vec![
        up(),
        Action::Run,
        Action::Turn,
        started("pool"),
        Action::Stop,
        Action::StopOverdue,
        Action::Run,
        finished_run("pool", 4.0),
        Action::Engine(FromEngine::Stopped),
        Action::EngineStuck,
        up(),
        Action::Turn,
    ];
    let (_, rows) = table(TWO, actions);
    assert_eq!(
        rows[5..],
        [
            "ready | emit error stopped",
            "starting | ",
            "starting | ",
            "starting | replace, giveturn, askturn",
            "starting | ",
            "starting | ",
            "preparing | emit started, tell run",
        ]
    );
}

#[test]
fn a_stopped_engine_that_does_not_end_is_given_up() {
    let crash = || Action::Engine(FromEngine::Failed { code: Code::Panic, message: String::new() });
    for last in [Action::EngineStuck, crash(), Action::Lost(Code::Load, String::new())] {
        let (state, rows) =
            table(TWO, vec![up(), Action::Run, Action::Turn, started("pool"), Action::Stop, Action::StopOverdue, last]);
        assert_eq!(rows[6], "ready | replace unclean, giveturn");
        assert_eq!(state.engine, Engine::Loading);
    }
}

#[test]
fn stop_before_the_engine_is_up_keeps_it() {
    let (_, rows) = table(TWO, vec![Action::Run, Action::Stop, up()]);
    assert_eq!(rows, ["starting | askturn", "ready | giveturn, emit error stopped", "ready | emit ready"]);
}

#[test]
fn a_failure_is_told_and_run_works_again() {
    let failed = Action::Engine(FromEngine::Failed { code: Code::Panic, message: "task 0".into() });
    let (_, rows) =
        table(TWO, vec![up(), Action::Run, Action::Turn, started("pool"), failed, Action::Run, Action::Turn, up()]);
    assert_eq!(
        rows[4..],
        [
            "failed panic | discard unclean, giveturn, emit error panic",
            "starting | replace, askturn",
            "starting | ",
            "preparing | emit started, tell run"
        ]
    );
}

#[test]
fn what_is_stopped_half_way_stays_to_be_seen() {
    let progress = FromEngine::Progress { now_us: 30, spans: vec![span(0, 10)], open: vec![span(10, 30)] };
    let actions = vec![
        up(),
        Action::Run,
        Action::Turn,
        started("pool"),
        Action::Engine(progress),
        Action::Stop,
        Action::StopOverdue,
    ];
    let (state, _) = table(TWO, actions);
    assert_eq!(*state.runs[1].spans, [span(0, 10), span(10, 30)]);
    assert_eq!(state.runs[1].phase, RunPhase::Stopped);
}

#[test]
fn a_mode_that_ends_as_it_is_stopped_does_not_undo_the_stop() {
    let mut actions = vec![up(), Action::Run, Action::Turn, started("sequential"), Action::Stop];
    actions.extend([finished_run("sequential", 8.0), started("pool"), Action::Engine(FromEngine::Stopped)]);
    let (state, rows) = table(TWO, actions);
    assert_eq!(
        rows[4..],
        ["stopping | stop", "stopping | ", "stopping | ", "ready | replace, giveturn, emit error stopped"]
    );
    assert_eq!(state.runs[0].phase, RunPhase::Done, "what it measured is exact");
}

#[test]
fn settings_change_the_url_and_leave_the_last_result() {
    let mut actions = vec![up(), Action::Run, Action::Turn, started("pool"), finished_run("pool", 4.0)];
    actions.push(Action::Engine(FromEngine::Done));
    let args = Args::from_query("modes=sequential&tasks=3").0;
    actions.push(Action::Set(args));
    let (state, rows) = table("modes=pool", actions);
    assert_eq!(rows.last().unwrap(), "done | followurl");
    assert!(state.outdated() && state.outcome.is_some());
    assert_eq!(state.runs[0].mode, "pool");
}

#[test]
fn a_guess_is_asked_for_once_a_configuration_and_scored() {
    let guess = Prediction { fastest: Mode::Pool, factor: 2.0 };
    let mut actions = vec![up(), Action::Guess(Some(guess)), Action::Run, Action::Turn];
    actions.extend([started("sequential"), finished_run("sequential", 8.0), started("pool")]);
    actions.extend([finished_run("pool", 4.0), Action::Engine(FromEngine::Done)]);
    assert!(State::from_query(TWO, SHARED).asks_for_guess());
    assert!(!State::from_query("autorun", SHARED).asks_for_guess());
    let (state, _) = table(TWO, actions);
    assert!(!state.asks_for_guess());
    assert!(state.outcome.unwrap().score.as_ref().unwrap().right_mode);
}

#[test]
fn without_shared_memory_a_mode_that_can_run_is_used_and_named() {
    let state = State::from_query("modes=pool,threads", SEPARATE);
    assert_eq!(state.modes(), [Mode::Sequential]);
    assert!(state.notices[0].text.starts_with("modes=threads,pool cannot run here"));
    let state = State::from_query("", SEPARATE);
    assert_eq!(state.modes(), [Mode::Sequential, Mode::EventLoop, Mode::Processes]);
    assert!(state.notices.is_empty());
}

#[test]
fn an_engine_that_stays_silent_is_replaced() {
    let (_, rows) = table(TWO, vec![Action::Run, Action::EngineSilent, up(), Action::EngineSilent]);
    assert_eq!(rows[1], "failed engine | discard, giveturn, emit error engine");
    assert_eq!(rows[3], "failed engine | ");
}

#[test]
fn an_embed_has_an_engine_only_while_it_runs_and_stops_out_of_sight() {
    let actions = vec![
        Action::Visible(true),
        Action::Run,
        up(),
        Action::Turn,
        started("pool"),
        Action::Visible(false),
        Action::Engine(FromEngine::Stopped),
    ];
    let (state, rows) = table("embed&modes=pool&tasks=1", actions);
    assert_eq!(
        rows,
        [
            "ready | ",
            "starting | replace, askturn",
            "starting | emit ready",
            "preparing | emit started, tell run",
            "running pool | ",
            "stopping | stop",
            "ready | discard, giveturn, emit error stopped",
        ]
    );
    assert_eq!(state.engine, Engine::Absent);
}

#[test]
fn an_embed_that_has_not_been_seen_yet_may_run() {
    let (_, rows) = table("embed&modes=pool", vec![Action::Run, Action::Visible(false), Action::Visible(true)]);
    assert_eq!(rows, ["starting | replace, askturn", "starting | ", "starting | "]);
}

#[test]
fn a_turn_that_comes_too_late_is_given_back() {
    let (_, rows) = table(TWO, vec![up(), Action::Run, Action::Stop, Action::Turn]);
    assert_eq!(rows[3], "ready | giveturn");
}

#[test]
fn where_there_are_no_workers_nothing_runs_and_a_recorded_run_is_shown() {
    let mut state = State::from_query("autorun&modes=pool", NO_WORKERS);
    assert_eq!((phase(&state).as_str(), &state.engine), ("ready", &Engine::Absent));
    let (next, effects) = reduce(&state, Action::Run);
    assert_eq!((phase(&next).as_str(), effects.len()), ("ready", 0));
    let run = Run { speedup: Some(3.0), ..run_of("pool", 4.0) };
    let recorded = ResultFile::new(&Args::from_query("tasks=1&modes=pool").0, host(), vec![run]);
    state = reduce(&state, Action::Show(Box::new(recorded), Source::Recorded)).0;
    assert_eq!((phase(&state).as_str(), state.args.tasks, state.runs.len()), ("done", 1, 1));
    assert_eq!(state.outcome.unwrap().source, Source::Recorded);
}

#[test]
fn a_file_that_is_no_result_changes_nothing_but_says_so() {
    let state = State::from_query(TWO, SHARED);
    let (next, effects) = reduce(&state, Action::Refused("“a.json” was not opened: why.".into()));
    assert_eq!((next.notices[0].text.as_str(), effects.len()), ("“a.json” was not opened: why.", 0));
    assert_eq!((next.runs, next.args), (state.runs, state.args));
}

#[test]
fn the_page_comes_in_parts_but_an_embed_at_once() {
    let mut state = State::from_query("", SHARED);
    let parts: Vec<Shown> = (0..4)
        .map(|_| {
            let part = state.shown;
            state = reduce(&state, Action::ShowMore).0;
            part
        })
        .collect();
    assert_eq!(parts, [Shown::Settings, Shown::Timelines, Shown::All, Shown::All]);
    assert_eq!(State::from_query("embed", SHARED).shown, Shown::All);
}
