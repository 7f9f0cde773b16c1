//! The board: the machine after the steps of the schedule, what there is to say of it, and what can be pressed.

use super::args::{Args, Loaded, MOST_STEPS};
use super::figures::BOARD;
use super::panes::Panes;
use super::tour::Tour;
use interleave_machine::explore::{Explorer, Question};
use interleave_machine::{Assertion, Event, Goal, Schedule, Session, Sharing, Step};
use interleave_trace::Figure;
use interleave_trace::figure::{Board, BoardCell, Body, Button, Mark, Unit};

/// How many states are looked at, at most, to say how many schedules end like this one: so few that a press stays instant.
const STATES: usize = 3000;

/// The board of these arguments; `answer` is the one that was just given to a walk's question.
pub(super) fn figure(args: &Args, answer: Option<i32>) -> Figure {
    BOARD.figure(Body::from(board(args, answer)))
}

fn board(args: &Args, answer: Option<i32>) -> Board {
    let loaded = match args.load() {
        Ok(loaded) => loaded,
        Err(why) => return Board { sentences: vec![BoardCell::marked(why, Mark::BAD)], ..Board::default() },
    };
    let (mut session, wrong) = args.session(&loaded);
    let tour = Tour::of(args, answer);
    if let Some(tour) = &tour
        && let Ok(ending) = Schedule::parse(tour.ending(), loaded.machine.threads())
    {
        session.replay(&ending);
    }
    let mut sentences: Vec<_> = wrong.into_iter().map(|wrong| BoardCell::marked(wrong, Mark::BAD)).collect();
    match &tour {
        Some(tour) => sentences.extend(tour.sentences(&session)),
        None => sentences.extend(said(args, &loaded, &session)),
    }
    let buttons = tour.as_ref().map_or_else(|| buttons(args, &session), Tour::buttons);
    Board { sentences, panes: Panes { args, session: &session, tour: tour.as_ref() }.all(), buttons }
}

/// What there is to say where nobody guides.
fn said(args: &Args, loaded: &Loaded, session: &Session) -> Vec<BoardCell> {
    let mut said = vec![BoardCell::new(last_step(args, session))];
    let program = session.machine().program();
    // Goals and assertions are about memory that is shared.
    let shared = args.sharing == Sharing::Memory;
    said.extend(goal(session).filter(|_| shared));
    for place in session.violated().into_iter().filter(|_| shared) {
        let text = format!("Violated: {}.", asserted(&program.assertions[place]));
        said.push(BoardCell::marked(text, Mark::BAD));
    }
    if session.machine().is_over() {
        said.push(BoardCell::new(ending(args, loaded, session)));
    } else if session.steps().len() >= MOST_STEPS {
        let text = format!("After {MOST_STEPS} steps, this is as far as it goes by hand.");
        said.push(BoardCell::marked(text, Mark::BAD));
    }
    said
}

/// The last step, and what the switch before it cost.
fn last_step(args: &Args, session: &Session) -> String {
    let (machine, who) = (session.machine(), args.who());
    let Some(step) = session.steps().next_back() else {
        return match machine.program().directives.question.as_str() {
            "" => format!("Choose who does the first step: each press is one instruction of one {who}."),
            question => question.to_owned(),
        };
    };
    let mut text = String::new();
    if let Some(switch) = step.switch {
        text += &format!("Switch: {} values copied between CPU and control blocks. ", switch.copies());
    }
    let instruction = machine.line(step.before.pc).map_or("", |line| line.text.as_str());
    let upper = if who == "thread" { "Thread" } else { "Process" };
    text += &match step.effect.event {
        Event::Faulted(fault) => format!("{upper} {} cannot do “{instruction}”: {fault}.", step.thread),
        _ => format!("{upper} {} did “{instruction}”.", step.thread),
    };
    let (steps, switches) = (session.steps().len(), session.switches().count());
    let plural = |count: usize, what: &str, more: &str| {
        format!("{} {what}{}", Unit::Count.write(count as f64), if count == 1 { "" } else { more })
    };
    text + &format!(
        " So far: {}, {}, {} values copied.",
        plural(steps, "step", "s"),
        plural(switches, "switch", "es"),
        Unit::Count.write(session.copies().into())
    )
}

/// What the program dares a reader to do, and whether it is done.
fn goal(session: &Session) -> Option<BoardCell> {
    let goal = session.machine().program().directives.goal.as_ref()?;
    let what = goal_text(session, goal);
    let steps = session.steps().len();
    Some(if steps > 0 && goal.is_reached(session) {
        BoardCell::marked(format!("Reached in {steps} steps: {what}."), Mark::GOOD)
    } else if session.machine().is_over() {
        BoardCell::new(format!("Not reached: {what}. Step back, or reset and choose differently."))
    } else {
        BoardCell::new(format!("Your goal: {what}."))
    })
}

fn goal_text(session: &Session, goal: &Goal) -> String {
    match goal {
        Goal::End { name, value, .. } => format!("{name} is {value} at the end"),
        Goal::Deadlock => "both wait for ever".to_owned(),
        Goal::Violation => {
            let alone = |assertion: &&Assertion| matches!(assertion, Assertion::Alone { .. });
            let assertions = &session.machine().program().assertions;
            match assertions.iter().find(alone).or(assertions.first()) {
                Some(Assertion::Alone { from, .. }) => {
                    let label = session.machine().program().label_at(*from).map_or("", |label| label.name.as_str());
                    format!("get two threads past {label} at once")
                }
                Some(other) => format!("break “{other}”"),
                None => "break what the program asserts".to_owned(),
            }
        }
    }
}

/// What an assertion says, in words.
pub(super) fn asserted(assertion: &Assertion) -> String {
    match assertion {
        Assertion::Alone { text, .. } => {
            let mut labels = text.split_whitespace().skip(1);
            let (from, to) = (labels.next().unwrap_or(""), labels.next().unwrap_or(""));
            format!("at most one thread is between {from} and {to}")
        }
        Assertion::End { text, .. } => {
            let condition = text.split_once(char::is_whitespace).map_or("", |(_, condition)| condition.trim());
            format!("at the end, {condition}")
        }
    }
}

/// How it ended, and how many schedules end like this.
fn ending(args: &Args, loaded: &Loaded, session: &Session) -> String {
    let mut text = match session.machine().fault() {
        Some((thread, fault)) => format!("It is over: {} {thread} failed, {fault}.", args.who()),
        None => "All have halted.".to_owned(),
    };
    let question = Question { watch: loaded.watch.clone(), rounds: args.rounds, states: STATES, ..Question::default() };
    let mut explorer = Explorer::new(&loaded.machine, question);
    while explorer.advance(STATES) {}
    let report = explorer.report();
    let outcome = report.outcome_of(session, &loaded.watch).filter(|_| report.cut.is_none());
    if let Some(outcome) = outcome
        && let (Some(like), Some(all)) = (&outcome.schedules, report.schedules())
    {
        let share = Unit::Share.write(like.share_of(&all));
        text += &format!(
            " Of {} schedules, {} end like this: {share}.",
            grouped(&all.to_string()),
            grouped(&like.to_string())
        );
        if let Some(rounds) = report.rounds {
            text += &format!(" Those with more than {rounds} rounds in vain are not told apart.");
        }
    }
    text
}

/// A long number with commas; a very long one by its length.
pub(super) fn grouped(digits: &str) -> String {
    const MOST: usize = 24;
    if digits.len() > MOST {
        return format!("{}.{}·10^{}", &digits[..1], &digits[1..3], digits.len() - 1);
    }
    let mut text = String::new();
    for (place, digit) in digits.chars().enumerate() {
        if place > 0 && (digits.len() - place).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

/// What can be pressed where nobody guides.
fn buttons(args: &Args, session: &Session) -> Vec<Button> {
    let machine = session.machine();
    let steps = session.steps().len();
    let goes_on = !machine.is_over() && steps < MOST_STEPS;
    let button = |label: &str, press: &str, key: &str, on| Button {
        label: label.to_owned(),
        press: press.to_owned(),
        key: key.to_owned(),
        on,
        every_ms: 0,
    };
    let threads = (0..machine.threads()).map(|thread| {
        let (who, number) = (if args.who() == "thread" { "Thread" } else { "Process" }, thread.to_string());
        button(&format!("{who} {number}"), &number, &number, machine.can_run(thread) && steps < MOST_STEPS)
    });
    let mut buttons: Vec<_> = threads.collect();
    buttons.extend([
        button("Step", "step", "s", goes_on),
        button("Back", "back", "b", steps > 0),
        button("Next switch", "switch", "w", goes_on),
        button("End", "end", "e", goes_on),
        Button { every_ms: args.every_ms, ..button("Play", "step", "p", goes_on) },
        button("Reset", "reset", "r", steps > 0),
    ]);
    if !machine.program().statements.is_empty() {
        buttons.push(button(if args.lines { "Expand lines" } else { "Fold lines" }, "lines", "l", true));
    }
    if args.program != super::args::OWN {
        buttons.push(button("Edit", "edit", "", true));
    }
    buttons
}

/// The last step, if it switched: from whom to whom.
pub(super) fn switched(step: Option<&Step>) -> Option<(usize, usize, bool)> {
    let step = step?;
    step.switch.map(|switch| (switch.from, step.thread, switch.saved))
}
