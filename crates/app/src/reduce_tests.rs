use super::*;
use crate::place::{Place, Why};
use crate::state::{Line, Look, Slot, Written};
use crate::timeline::{RunPhase, RunView};
use interleave_labs::LABS;
use interleave_labs::code::Language;
use interleave_labs::message::{FromDesk, Live, ToDesk};
use interleave_labs::result::{Host, Runtime};
use interleave_trace::figure::{Timeline, TimelineRun, View};
use interleave_trace::{Lane, LaneKind, Span, State as TaskState};

fn host() -> Host {
    Host { runtime: Runtime::Browser, cores: 2, memory: Memory::Shared, timer_us: 5.0, agent: String::new() }
}

fn up() -> Action {
    Action::Engine(FromEngine::Up { host: host(), part: Part::Whole })
}

fn lanes() -> Vec<Lane> {
    vec![Lane { id: 0, name: "main thread".into(), kind: LaneKind::Main }]
}

fn begun(run: &str) -> Action {
    Action::Engine(FromEngine::Live(Live::Begun { run: run.into(), lanes: lanes() }))
}

fn step(label: &str) -> Action {
    Action::Engine(FromEngine::Step { label: label.into(), share: 0.5, left_us: 0 })
}

fn span(start_us: u64, end_us: u64) -> Span {
    Span { lane: 0, task: 0, state: TaskState::Sleep, start_us, end_us }
}

fn run_of(slug: &str, wall_us: u64) -> TimelineRun {
    TimelineRun {
        slug: slug.into(),
        title: slug.into(),
        note: String::new(),
        wall_us,
        bound_us: None,
        speedup: None,
        one_core: false,
        lanes: lanes(),
        spans: vec![span(0, 10)],
        subjects: vec![],
    }
}

fn ended(slug: &str) -> Action {
    Action::Engine(FromEngine::Live(Live::Ended(run_of(slug, 4000))))
}

fn report(query: &str) -> Report<Rendered> {
    let runs = ["sequential", "pool"].map(|slug| run_of(slug, 4000)).to_vec();
    let figure = Rendered {
        id: "modes".into(),
        title: String::new(),
        caption: String::new(),
        view: View::Timeline(Timeline { runs }),
    };
    Report {
        query: query.into(),
        host: host(),
        figures: vec![figure],
        findings: vec![],
        doubts: 0,
        score: None,
        result: "{}".into(),
    }
}

fn reported(query: &str) -> Action {
    Action::Engine(FromEngine::Report(Box::new(report(query))))
}

/// The reader sets the one control that `query` names.
fn set(query: &str) -> Action {
    let (name, _) = query.split_once('=').unwrap();
    Action::Change(Change::Value(name.into(), values(query).get(name).unwrap().clone()))
}

fn stopped() -> Action {
    Action::Engine(FromEngine::Stopped)
}

fn page(query: &str, place: Place) -> State {
    State::from_query(query, Handle::new(LABS[0].sheet()), &[LABS[0].slug], place)
}

fn values(query: &str) -> Values {
    Values::from_query(&LABS[0].sheet().controls, query).0
}

/// Those that are to run, or have.
fn runs(state: &State) -> Vec<Handle<RunView>> {
    state.runs().filter(|run| run.phase != RunPhase::Off).cloned().collect()
}

const SHARED: Place = Place { memory: Memory::Shared, why: Why::Isolated };
const SEPARATE: Place = Place { memory: Memory::Separate, why: Why::Frame };
const NO_WORKERS: Place = Place { memory: Memory::None, why: Why::Sandbox };

#[path = "reduce_tests/checks.rs"]
mod checks;
#[path = "reduce_tests/leaving.rs"]
mod leaving;
#[path = "reduce_tests/next_run.rs"]
mod next_run;
#[path = "reduce_tests/presses.rs"]
mod presses;

/// A phase in a word.
fn phase(state: &State) -> String {
    match &state.phase {
        Phase::Running(Step::Measuring { label, .. }) => label.to_lowercase(),
        Phase::Running(step) => format!("{step:?}").to_lowercase(),
        Phase::Failed { code, .. } => format!("failed {}", code.name()),
        other => format!("{other:?}").to_lowercase(),
    }
}

/// An effect in a word.
fn effect(effect: &Effect) -> String {
    match effect {
        Effect::Tell(ToEngine::Run { .. }) => "tell run".into(),
        Effect::Ask(ToDesk::Explain { .. }) => "ask explain".into(),
        Effect::Ask(ToDesk::Write { values, .. }) => format!("ask write {}", values.number("tasks")),
        Effect::Replace { unclean, .. } => if *unclean { "replace unclean" } else { "replace" }.into(),
        Effect::Discard { unclean } => if *unclean { "discard unclean" } else { "discard" }.into(),
        Effect::Emit(Event::Error(code, _)) => format!("emit error {}", code.name()),
        Effect::Emit(event) => format!("emit {event:?}").split('(').next().unwrap_or("").to_lowercase(),
        other => format!("{other:?}").to_lowercase(),
    }
}

/// What happens, as a table: after each action the phase, and the effects.
fn table(query: &str, actions: Vec<Action>) -> (State, Vec<String>) {
    let mut state = page(query, SHARED);
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
        step("Sequential"),
        begun("sequential"),
        ended("sequential"),
        step("Pool"),
        begun("pool"),
        ended("pool"),
        reported(TWO),
        up(),
    ];
    let (state, rows) = table(TWO, actions);
    assert_eq!(
        rows,
        [
            "ready | emit ready",
            "starting | askturn",
            "getting ready | emit started, tell run",
            "sequential | ",
            "sequential | ",
            "sequential | ",
            "pool | ",
            "pool | ",
            "pool | ",
            "done | replace, giveturn, emit result",
            "done | ",
        ]
    );
    assert_eq!(*state.outcome.unwrap().values, values(TWO));
}

#[test]
fn run_before_the_engine_is_up_waits_for_it() {
    let (_, rows) = table(TWO, vec![Action::Run, Action::Run, Action::Turn, up()]);
    let last = "getting ready | emit ready, emit started, tell run";
    assert_eq!(rows, ["starting | askturn", "starting | ", "starting | ", last]);
}

#[test]
fn stop_asks_and_then_replaces_the_engine() {
    let actions = vec![
        up(),
        Action::Run,
        Action::Turn,
        begun("sequential"),
        Action::Stop,
        Action::Stop,
        stopped(),
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
        begun("pool"),
        Action::Stop,
        Action::StopOverdue,
        Action::Run,
        ended("pool"),
        stopped(),
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
            "getting ready | emit started, tell run",
        ]
    );
}

#[test]
fn a_stopped_engine_that_does_not_end_is_given_up() {
    let crash = || Action::Engine(FromEngine::Failed { code: Code::Panic, message: String::new() });
    for last in [crash(), Action::Lost(Code::Engine, String::new())] {
        let (state, rows) =
            table(TWO, vec![up(), Action::Run, Action::Turn, begun("pool"), Action::Stop, Action::StopOverdue, last]);
        assert_eq!(rows[6], "ready | replace unclean, giveturn");
        assert_eq!(state.engine, Engine::Loading(Part::Whole));
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
        table(TWO, vec![up(), Action::Run, Action::Turn, begun("pool"), failed, Action::Run, Action::Turn, up()]);
    assert_eq!(
        rows[4..],
        [
            "failed panic | discard unclean, giveturn, emit error panic",
            "starting | replace, askturn",
            "starting | ",
            "getting ready | emit started, tell run"
        ]
    );
}

#[test]
fn what_is_stopped_half_way_stays_to_be_seen() {
    let progress = FromEngine::Live(Live::Spans { now_us: 30, ended: vec![span(0, 10)], open: vec![span(10, 30)] });
    let actions = vec![
        up(),
        Action::Run,
        Action::Turn,
        begun("pool"),
        Action::Engine(progress),
        Action::Stop,
        Action::StopOverdue,
    ];
    let (state, _) = table(TWO, actions);
    assert_eq!(*runs(&state)[1].spans, [span(0, 10), span(10, 30)]);
    assert_eq!(runs(&state)[1].phase, RunPhase::Stopped);
}

#[test]
fn a_mode_that_ends_as_it_is_stopped_does_not_undo_the_stop() {
    let mut actions = vec![up(), Action::Run, Action::Turn, begun("sequential"), Action::Stop];
    actions.extend([ended("sequential"), begun("pool"), stopped()]);
    let (state, rows) = table(TWO, actions);
    assert_eq!(
        rows[4..],
        ["stopping | stop", "stopping | ", "stopping | ", "ready | replace, giveturn, emit error stopped"]
    );
    assert_eq!(runs(&state)[0].phase, RunPhase::Done, "what it measured is exact");
}

#[test]
fn without_shared_memory_something_that_can_run_is_used_and_named() {
    let ticked = |state: &State| state.runnable().ticks("modes").to_vec();
    let state = page("modes=pool,threads", SEPARATE);
    assert_eq!(ticked(&state), ["sequential"]);
    assert!(state.notices[0].text.ends_with("sequential is used."), "{:?}", state.notices);
    let state = page("", SEPARATE);
    assert_eq!(ticked(&state), ["sequential", "event-loop", "processes"]);
    assert!(state.notices.is_empty());
    let (state, effects) = reduce(&state, set("modes=pool"));
    assert_eq!((ticked(&state).len(), effects.len()), (3, 0), "the last that can run stays");
}

#[test]
fn a_file_is_shown_or_refused_in_words_but_never_in_mid_run() {
    let open = || Action::Open("a.json".into(), "{}".into());
    let refused = || Action::Desk(FromDesk::Refused("why".into()));
    let read = || Action::Desk(FromDesk::Report(Box::new(report("tasks=3&modes=pool"))));
    let (state, rows) = table(TWO, vec![open(), up(), read(), read(), open(), refused(), refused()]);
    let expected = ["ask explain", "emit ready", "followurl", "", "ask explain", "", ""];
    assert_eq!(rows.iter().map(|row| row.split_once(" | ").unwrap().1).collect::<Vec<_>>(), expected);
    assert_eq!((state.phase.clone(), state.values.number("tasks")), (Phase::Done, 3));
    assert_eq!(state.outcome.unwrap().source, Source::File("a.json".into()));
    let notices: Vec<_> = state.notices.iter().map(|notice| notice.text.as_str()).collect();
    assert_eq!(notices, ["“a.json” was not opened: why."]);
    let (state, rows) = table(TWO, vec![up(), Action::Run, open()]);
    assert_eq!((rows[2].as_str(), state.notices.len()), ("starting | ", 1));
    // The run may begin before the desk has read it.
    let (state, rows) = table(TWO, vec![up(), open(), Action::Run, read()]);
    assert_eq!((rows[3].as_str(), state.notices.len(), state.outcome), ("starting | ", 1, None));
}

#[test]
fn a_program_is_written_anew_for_other_values() {
    let look = Look { program: "pool".into(), language: Language::Java, layouts: Handle::default() };
    let program = interleave_labs::code::Program::new(Language::Java, "class A {}");
    let written = Action::Desk(FromDesk::Program(Some(program)));
    let failed = vec![Action::Look(Some(look.clone())), Action::Desk(FromDesk::Program(None))];
    assert_eq!(table(TWO, failed).0.written, Written::Failed);
    let actions = vec![Action::Look(Some(look)), written, set("tasks=3"), Action::Look(None)];
    let (state, rows) = table(TWO, actions);
    assert_eq!(rows, ["booting | ask write 1", "booting | ", "booting | ask write 3, followurl", "booting | "]);
    assert_eq!(state.written, Written::Awaited);
}

#[test]
fn an_engine_that_stays_silent_is_replaced() {
    let silent = Action::Lost(Code::Load, "no answer".into());
    let (_, rows) = table(TWO, vec![Action::Run, silent, Action::Run, up(), Action::Turn]);
    assert_eq!(rows[1], "failed load | discard, giveturn, emit error load");
    assert_eq!(rows[2..4], ["starting | replace, askturn", "starting | emit ready"]);
    assert_eq!(rows[4], "getting ready | emit started, tell run");
}

#[test]
fn an_engine_that_nobody_waits_for_fails_without_a_word() {
    let lost = || Action::Lost(Code::Memory, "no memory".into());
    let (_, rows) = table(TWO, vec![up(), Action::Run, Action::Turn, reported(TWO), lost(), Action::Run, lost()]);
    assert_eq!(rows[4..6], ["done | discard", "starting | replace, askturn"]);
    assert_eq!(rows[6], "failed memory | discard, giveturn, emit error memory");
    let (_, rows) = table(TWO, vec![lost()]);
    assert_eq!(rows, ["failed memory | discard, giveturn, emit error memory"], "the first one is waited for");
}

#[test]
fn an_embed_has_an_engine_only_while_it_runs_and_stops_out_of_sight() {
    let actions =
        vec![Action::Visible(true), Action::Run, up(), Action::Turn, begun("pool"), Action::Visible(false), stopped()];
    let (state, rows) = table("embed&modes=pool&tasks=1", actions);
    assert_eq!(
        rows,
        [
            "ready | ",
            "starting | replace, askturn",
            "starting | emit ready",
            "getting ready | emit started, tell run",
            "getting ready | ",
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
    let mut state = page("autorun&modes=pool", NO_WORKERS);
    assert_eq!((phase(&state).as_str(), &state.engine), ("ready", &Engine::Absent));
    let (next, effects) = reduce(&state, Action::Run);
    assert_eq!(phase(&next), "ready");
    let [Effect::Emit(Event::Error(Code::Load, why))] = &effects[..] else { panic!("{effects:?}") };
    assert!(why.contains("in a sandboxed frame"), "who asked is told: {why}");
    state = reduce(&state, Action::Recorded(Box::new(report("tasks=1")))).0;
    assert_eq!((phase(&state).as_str(), state.values.number("tasks"), runs(&state).len()), ("done", 1, 2));
    assert_eq!(state.outcome.unwrap().source, Source::Recorded);
}

#[test]
fn a_file_that_is_no_result_changes_nothing_but_says_so() {
    let state = page(TWO, SHARED);
    let (next, effects) = reduce(&state, Action::Refused("“a.json” was not opened: why.".into()));
    assert_eq!((next.notices[0].text.as_str(), effects.len()), ("“a.json” was not opened: why.", 0));
    assert_eq!((next.figures, next.values), (state.figures, state.values));
}

#[test]
fn the_page_comes_in_parts_but_an_embed_at_once() {
    let mut state = page("", SHARED);
    let parts: Vec<Shown> = (0..4)
        .map(|_| {
            let part = state.shown;
            state = reduce(&state, Action::ShowMore).0;
            part
        })
        .collect();
    assert_eq!(parts, [Shown::Settings, Shown::Figures, Shown::All, Shown::All]);
    assert_eq!(page("embed", SHARED).shown, Shown::All);
}
