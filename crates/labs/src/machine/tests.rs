use super::*;
use crate::lab::Lab;
use crate::placed::unfit;
use crate::result::{Memory as Shares, Runtime};
use interleave_machine::library;
use interleave_machine::walk::WALKS;
use interleave_trace::Figure;
use interleave_trace::figure::{Board, Body, Mark};
use proptest::prelude::*;

fn host(memory: Shares) -> Host {
    Host { runtime: Runtime::Browser, cores: 2, memory, timer_us: 5.0, agent: String::new() }
}

fn values(query: &str) -> Values {
    let (values, notices) = Values::from_query(&Machine::controls(), query);
    assert_eq!(notices, [], "{query}");
    values
}

fn board(figure: &Figure) -> &Board {
    match &figure.body {
        Body::Board(board) => board,
        other => panic!("{other:?}"),
    }
}

fn press(query: &str, presses: &[&str]) -> Pressed {
    let start = Machine::press(&values(query), "").unwrap();
    presses.iter().fold(start, |pressed, press| Machine::press(&pressed.values, press).unwrap())
}

fn sentences(pressed: &Pressed) -> Vec<&str> {
    board(&pressed.figure).sentences.iter().map(|sentence| sentence.text.as_str()).collect()
}

/// The lines of the first pane whose title begins so, their cells joined, marked lines with their marks.
fn lines(pressed: &Pressed, title: &str) -> Vec<String> {
    let pane = board(&pressed.figure).panes.iter().find(|pane| pane.title.starts_with(title)).expect(title);
    let of = |line: &interleave_trace::figure::BoardLine| {
        let marks = line.cells.iter().fold(line.mark, |all, cell| all.and(cell.mark)).names();
        let cells: Vec<_> = line.cells.iter().map(|cell| cell.text.trim()).filter(|text| !text.is_empty()).collect();
        format!("{} [{marks}]", cells.join(" "))
    };
    pane.lines.iter().map(of).collect()
}

fn data(query: &str) -> Data {
    let mut search = Search::of(&Args::of(&values(query)));
    while search.as_mut().is_ok_and(|search| search.advance()) {}
    Data { explored: search.ok().map(|search| search.explored()), real: None }
}

fn story(query: &str, data: Data) -> Story {
    let measured = Measured { runs: vec![], conditions: crate::conditions::Conditions::default(), data };
    Machine::story(&Args::of(&values(query)), &host(Shares::Shared), &measured, None)
}

#[test]
fn a_step_moves_the_counter_and_marks_what_it_changed() {
    let pressed = press("program=lost-update", &["0", "0", "0"]);
    assert_eq!(pressed.values.text("schedule"), "000");
    assert_eq!(lines(&pressed, "CPU"), ["ax 1 [read]", "sp 128000 []", "pc 1003 [changed]"]);
    assert_eq!(lines(&pressed, "Memory")[1..], ["count 100 1 0 in step 3 [changed quiet]"]);
    assert_eq!(lines(&pressed, "Code")[5], "0▸ halt 1003 [current quiet]");
    assert_eq!(
        sentences(&pressed),
        [
            "Thread 0 did “mov %ax, count”. So far: 3 steps, 0 switches, 0 values copied.",
            "Your goal: count is 1 at the end."
        ]
    );
}

#[test]
fn a_switch_saves_and_restores_and_is_counted() {
    let pressed = press("program=lost-update", &["0", "1"]);
    assert!(lines(&pressed, "Thread 0: saved").iter().all(|line| line.ends_with("[saved]")));
    assert!(lines(&pressed, "Thread 1: runs").iter().all(|line| line.ends_with("[given]")));
    assert!(lines(&pressed, "CPU: thread 1").iter().all(|line| line.contains("restored")));
    assert_eq!(
        sentences(&pressed)[0],
        "Switch: 20 values copied between CPU and control blocks. Thread 1 did “mov count, %ax”. So far: 2 steps, 1 switch, 20 values copied."
    );
}

#[test]
fn whoever_loses_an_update_reaches_the_goal_and_hears_how_many_schedules_do() {
    let pressed = press("program=lost-update&schedule=01010101", &[]);
    let said = sentences(&pressed);
    assert_eq!(said[1], "Reached in 8 steps: count is 1 at the end.");
    assert_eq!(said[2], "Violated: at the end, count == 2.");
    // Of C(8, 4) schedules, those in which a thread loads before the other one has stored.
    assert!(said[3].starts_with("All have halted. Of 70 schedules, "), "{}", said[3]);
    let ends = data("program=lost-update").explored.unwrap().ends;
    let counts: Vec<_> = ends.iter().map(|end| (end.memory[0][0], end.schedules.as_str())).collect();
    assert!(said[3].ends_with(&format!(" {} end like this: 85.7%.", counts[0].1)), "{} {counts:?}", said[3]);
    assert_eq!(counts.iter().map(|(_, count)| count.parse::<u32>().unwrap()).sum::<u32>(), 70);
}

#[test]
fn processes_at_the_same_addresses_do_not_meet() {
    let pressed = press("program=lost-update&variant=processes&schedule=01010101", &[]);
    assert_eq!(lines(&pressed, "Memory")[1], "count 100 1 1 [quiet]");
    assert_eq!(lines(&pressed, "Page tables")[1..], ["0–1023 frame 0 frame 1 []"]);
    assert_eq!(data("program=lost-update&variant=processes").explored.unwrap().ends.len(), 1);
}

#[test]
fn frames_are_named_and_stand_on_their_threads_stack() {
    let pressed = press("program=recursion&schedule=000000", &[]);
    let stack = lines(&pressed, "Stack 0: 3 of 250");
    assert_eq!(stack[0], ".sum [head]");
    assert!(stack[1].starts_with("127988 ret 1008 [current changed"), "{stack:?}");
    assert_eq!(lines(&pressed, "Stack 1"), [".main [head]", "empty [quiet]"]);
}

#[test]
fn lines_of_a_high_level_language_hide_their_instructions() {
    let folded = press("program=lost-update&schedule=00", &["lines"]);
    assert_eq!(
        lines(&folded, "Code"),
        [".main [head]", "0▸1▸ count = count + 1 (3 instructions) [current]", "halt 1003 [quiet]"]
    );
    assert_eq!(
        press("program=lost-update&schedule=00", &["lines", "lines"]),
        press("program=lost-update&schedule=00", &[])
    );
}

#[test]
fn every_walk_leads_to_its_question_and_the_machine_checks_the_answer() {
    for walk in WALKS {
        let start = press(&format!("walk={}", walk.slug), &[]);
        assert!(sentences(&start)[0].ends_with(&format!("1 of {}", walk.stops.len() + 1)), "{}", walk.slug);
        let next = vec!["next"; walk.stops.len()];
        for stop in 0..walk.stops.len() {
            let lit = press(&format!("walk={}", walk.slug), &next[..stop]);
            let panes = &board(&lit.figure).panes;
            let is_lit = |mark: Mark| mark.has(Mark::LIT);
            let some = panes
                .iter()
                .flat_map(|pane| &pane.lines)
                .any(|line| is_lit(line.mark) || line.cells.iter().any(|cell| is_lit(cell.mark)));
            assert!(some, "{} {stop}: nothing is lit", walk.slug);
            assert!(board(&lit.figure).sentences.iter().any(|it| is_lit(it.mark)), "{} {stop}", walk.slug);
        }
        let asked = press(&format!("walk={}", walk.slug), &next);
        assert_eq!(sentences(&asked)[1], walk.question.text);
        let right = walk.answer().unwrap();
        let answers: Vec<_> =
            board(&asked.figure).buttons.iter().filter(|it| it.press.starts_with("answer=")).collect();
        assert!(answers.len() > 2 && answers.iter().any(|it| it.press == format!("answer={right}")), "{}", walk.slug);
        for button in answers {
            let answered = Machine::press(&asked.values, &button.press).unwrap();
            let verdict = &board(&answered.figure).sentences[2];
            assert_eq!(verdict.mark.has(Mark::GOOD), button.press == format!("answer={right}"), "{}", verdict.text);
            assert_eq!(answered.values, asked.values);
        }
        let left = Machine::press(&asked.values, "leave").unwrap();
        assert_eq!((left.values.choice("walk"), left.values.choice("program")), ("none", walk.program));
        assert_eq!(left.values.text("schedule"), args::way(walk, walk.stops.len()));
    }
}

#[test]
fn a_mistake_is_told_with_line_and_column() {
    let pressed = press("program=own&source=mov+%25ax%0Ahalt%0Anonsense", &[]);
    let said = sentences(&pressed);
    assert!(said[0].starts_with("The program cannot be read. In line 1, column "), "{said:?}");
    assert!(said[0].ends_with(" There is one more mistake."), "{said:?}");
    assert_eq!(story("program=own", data("program=own")).findings.len(), 1);
    let edited = press("program=ticket", &["0", "edit"]);
    assert_eq!((edited.values.choice("program"), edited.values.text("schedule")), ("own", "0"));
    assert_eq!(edited.values.text("source"), library::entry("ticket").unwrap().text);
}

#[test]
fn every_program_of_the_library_is_explored_and_told() {
    for entry in library::PROGRAMS {
        let query = format!("program={}", entry.slug);
        let story = story(&query, data(&query));
        assert_eq!(unfit::<Machine>(&story), [""; 0], "{}", entry.slug);
        let ids: Vec<_> = story.findings.iter().map(|finding| finding.id.as_str()).collect();
        assert_eq!(ids[0], "outcomes", "{}", entry.slug);
        let wrong = ["lost-update", "broken-flag"].contains(&entry.slug);
        assert_eq!(ids.iter().any(|id| id.starts_with("violated")), wrong, "{}: {ids:?}", entry.slug);
        assert_eq!(ids.contains(&"deadlock"), entry.slug == "two-locks", "{}: {ids:?}", entry.slug);
    }
}

#[test]
fn every_shortest_schedule_replays_to_its_outcome() {
    for entry in library::PROGRAMS {
        let query = format!("program={}", entry.slug);
        for end in data(&query).explored.unwrap().ends {
            let pressed = press(&query, &[&format!("schedule={}", end.shortest)]);
            assert_eq!(pressed.values.text("schedule"), end.shortest);
            let args = Args::of(&pressed.values);
            let loaded = args.load().unwrap();
            let (session, _) = args.session(&loaded);
            let memory: Vec<_> =
                loaded.watch.places.iter().map(|place| session.machine().cell(0, place.address)).collect();
            if end.kind != Kind::Bound {
                assert_eq!(vec![memory], end.memory, "{} {}", entry.slug, end.shortest);
            }
            assert_eq!(session.machine().has_halted(), end.kind == Kind::Halted, "{} {}", entry.slug, end.shortest);
        }
    }
}

#[test]
fn counts_are_those_of_a_closed_form() {
    // Two threads of five independent steps: C(10, 5) schedules.
    let explored = data("program=own&source=nop%0Anop%0Anop%0Anop%0Ahalt").explored.unwrap();
    assert_eq!((explored.schedules.as_str(), explored.ends.len()), ("252", 1));
    assert_eq!(explored.ends[0].share, 1.0);
}

fn any_press() -> impl Strategy<Value = String> {
    let known = [
        "0", "1", "2", "step", "back", "switch", "end", "reset", "next", "previous", "leave", "lines", "edit",
        "answer=2",
    ];
    prop_oneof![
        8 => prop::sample::select(known.to_vec()).prop_map(str::to_owned),
        1 => "schedule=[0-3 x]{0,30}",
        1 => "\\PC{0,12}",
    ]
}

fn any_values() -> impl Strategy<Value = String> {
    let programs: Vec<_> = library::PROGRAMS.iter().map(|entry| entry.slug).chain(["own"]).collect();
    let walks = ["none", "none", "registers", "stack"];
    let variants = ["threads", "processes"];
    (
        prop::sample::select(programs),
        prop::sample::select(walks.to_vec()),
        prop::sample::select(variants.to_vec()),
        0..10_u32,
        "[01]{0,40}",
    )
        .prop_map(|(program, walk, variant, stop, schedule)| {
            let text = "mov+count%2C%25ax%0A.var+count%0Acall+.a%0Ahalt%0A.a%0Apush+%25ax%0Acall+.a";
            format!("program={program}&walk={walk}&variant={variant}&stop={stop}&schedule={schedule}&source={text}")
        })
}

#[test]
fn mistakes_are_marked_where_they_are_in_the_text_that_the_reader_writes() {
    let text = |text: &str| {
        let mut values = values("program=lost-update");
        values.replace("source", crate::Value::Text(text.to_owned()));
        check(&values)
    };
    let place = |mark: &crate::Mark| (mark.control.clone(), mark.line, mark.column);
    let wrong = text(".var count\nmov $1, %zx\n# all is well here\n  nonsense\n");
    let places: Vec<_> = wrong.iter().map(place).collect();
    assert_eq!(places, [("source".to_owned(), 2, 10), ("source".to_owned(), 4, 3)], "{wrong:?}");
    assert!(
        wrong.iter().all(|mark| !mark.text.is_empty() && !mark.text.ends_with('.') && !mark.text.contains("column")),
        "{wrong:?}"
    );
    assert_eq!([text(""), text(library::PROGRAMS[0].text)], [[], []], "nothing is wrong with nothing, nor with ours");
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn any_presses_leave_a_schedule_that_replays_to_the_same_board(query in any_values(), presses in prop::collection::vec(any_press(), 0..12)) {
        let mut pressed = Machine::press(&values(&query), "").unwrap();
        for press in &presses {
            pressed = Machine::press(&pressed.values, press).unwrap();
            let again = Values::from_query(&Machine::controls(), &pressed.values.to_query(SLUG));
            prop_assert_eq!(&again, &(pressed.values.clone(), vec![]));
        }
        let board = Machine::press(&pressed.values, "").unwrap();
        if !presses.last().is_some_and(|press| press.starts_with("answer=")) {
            prop_assert_eq!(board, pressed);
        }
    }

    #[test]
    fn any_text_is_a_program_or_a_mistake(text in "(\\.[a-z]{1,2}\n|(mov|add|push|call|j|xchg) [$%.a-z0-9(), ]{0,12}\n|\\PC{0,10}\n){0,8}", press in any_press()) {
        let mut values = values("program=own");
        let controls = Machine::controls();
        let control = controls.iter().find(|control| control.name == "source").unwrap();
        values.set(control, crate::Value::Text(text));
        let pressed = Machine::press(&values, &press).unwrap();
        prop_assert!(matches!(pressed.figure.body, Body::Board(_)));
        prop_assert!(!pressed.figure.text(80).is_empty());
        prop_assert!(pressed.figure.csv().starts_with("part,"));
        prop_assert!(pressed.figure.svg(700.0).starts_with("<svg"));
    }

    #[test]
    fn no_accepted_data_is_too_strange_for_the_story(
        query in any_values(),
        ends in prop::collection::vec((0..4_usize, prop::collection::vec(prop::collection::vec(any::<i32>(), 0..3), 0..3), 0.0..0.3_f64, "[0-9]{1,50}"), 0..5),
        seen in prop::collection::vec((any::<bool>(), prop::collection::vec(any::<i32>(), 0..3), 0..500_u32), 0..4),
        shared in any::<bool>(),
    ) {
        let kinds = [Kind::Halted, Kind::Fault, Kind::Deadlock, Kind::Bound];
        let end = |(kind, memory, share, digits): (usize, Vec<Vec<i32>>, f64, String)| End {
            kind: kinds[kind], memory, schedules: digits.clone(), share: share / 2.0, violating: share / 4.0, shortest: digits,
            fault: (kind == 1).then(|| "0: a fault".to_owned()),
        };
        let explored = Explored { ends: ends.into_iter().map(end).collect(), schedules: "9".into(), states: 7, ..Explored::default() };
        let seen: Vec<_> = seen.into_iter().map(|(failed, memory, count)| Seen { failed, memory, count }).collect();
        let runs = seen.iter().map(|seen| seen.count).sum();
        let data = Data { explored: Some(explored), real: Some(Real { runs, seen, unfinished: 0 }) };
        let mut measured = Measured { runs: vec![], conditions: crate::conditions::Conditions::default(), data };
        let args = Args::of(&values(&query));
        if Machine::accept(&args, &mut measured).is_ok() {
            let guess = Guess { answer: Some("two".to_owned()), number: None };
            let memory = if shared { Shares::Shared } else { Shares::Separate };
            let story = Machine::story(&args, &host(memory), &measured, Some(&guess));
            prop_assert!(!story.findings.is_empty() && story.findings.iter().all(|finding| finding.value.is_finite()));
            for figure in &story.figures {
                prop_assert!(!figure.text(60).is_empty());
            }
        }
    }
}
