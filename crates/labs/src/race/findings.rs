//! The findings of `race`: every number in them is computed from the measurement.

use super::account::Account;
use super::figures::{lower, most_telling};
use super::{Args, Remedy};
use crate::lab::Finding;
use crate::result::{Host, Memory, Run};
use interleave_trace::figure::Unit;
use interleave_trace::format::duration;
use interleave_trace::{Ratio, State, Summary};

/// Threads that are at work together for less than this share of a repeat hardly race.
const HARDLY: f64 = 0.5;
/// Fewer repeats than this do not show how much repeats differ.
const ENOUGH: u32 = 3;

/// The findings: `lost`, the headline; `broken:<slug>` for a remedy that lost additions although it cannot; `lock`, what
/// the lock saved and what it costs; `cheapest` of those that lose nothing; `spread` over the repeats; `threads` and
/// `short` for what could not be measured; and beside its row, `wrong:<slug>` for each wrong remedy. The runs show in
/// slow motion what they speak of.
pub(super) fn findings(args: &Args, host: &Host, accounts: &[Account], runs: &[Run]) -> Vec<Finding> {
    let of = |remedy| accounts.iter().find(|account| account.remedy == remedy);
    let lit =
        |finding: Finding, account: &Account, states: &[State]| finding.showing(runs, account.remedy.slug(), states);
    let (plain, mutex) = (of(Remedy::Plain), of(Remedy::Mutex));
    let mut findings = Vec::new();
    if let Some(most) = most_telling(accounts) {
        let lost = plain.map_or_else(|| elsewhere(accounts, most), without_lock);
        findings.push(lit(lost, most, &[State::Run]));
    }
    findings.extend(accounts.iter().filter_map(|account| Some(lit(broken(account)?, account, &[]))));
    if let Some(mutex) = mutex.filter(|mutex| mutex.lost == 0) {
        findings.push(lit(lock(mutex, plain), mutex, &[State::Run, State::Wait]));
    }
    findings.extend(cheapest(accounts));
    findings.extend(plain.and_then(|plain| Some(lit(spread(plain)?, plain, &[State::Run]))));
    findings.extend(no_threads(args, host, accounts));
    findings.extend(short(host, accounts));
    for account in [Remedy::TwoLocks, Remedy::OwnLock].into_iter().filter_map(of) {
        findings.push(lit(wrong(account).of(account.remedy.slug()), account, &[]));
    }
    findings
}

fn count(count: u64) -> String {
    Unit::Count.write(count as f64)
}

fn share(share: f64) -> String {
    Unit::Share.write(share)
}

fn ns(ns: &Summary) -> String {
    Unit::Nanoseconds.write(ns.median)
}

fn name(account: &Account) -> String {
    lower(account.remedy.short())
}

/// A loss that must not happen.
fn broken(account: &Account) -> Option<Finding> {
    (account.remedy.is_right() && account.lost > 0).then(|| {
        let text = format!(
            "{} lost {} additions, which must not happen: something is wrong with this program or this machine.",
            account.remedy.short(),
            count(account.lost)
        );
        Finding::new(&format!("broken:{}", account.remedy.slug()), account.lost as f64, text)
    })
}

fn without_lock(plain: &Account) -> Finding {
    let (expected, counted) = (count(plain.expected), count(plain.counted()));
    let text = if plain.lost > 0 {
        format!(
            "{expected} were expected, {counted} were counted: {} of the additions got lost without a lock.",
            share(plain.share())
        )
    } else {
        let mut text = format!(
            "{expected} were expected and {counted} were counted: without a lock nothing got lost this time, which proves nothing."
        );
        if let Some(at_once) = plain.at_once.filter(|at_once| *at_once < HARDLY) {
            text += &format!(
                " In the median repeat, two threads were at work together for only {} of the time: more additions, or \
                 a less busy machine, would let them meet more often.",
                share(at_once)
            );
        }
        text
    };
    Finding::new("lost", plain.share(), text)
}

/// The headline if `plain` did not run.
fn elsewhere(accounts: &[Account], most: &Account) -> Finding {
    let expected = count(most.expected);
    let text = if most.lost > 0 {
        let counted = count(most.counted());
        let lost = share(most.share());
        format!("{}: {expected} were expected, {counted} were counted, {lost} got lost.", most.remedy.short())
    } else if accounts.iter().all(|account| account.remedy.is_right()) {
        format!(
            "None of {expected} additions got lost. Tick “{}” as well to see what that is worth.",
            Remedy::Plain.short()
        )
    } else {
        format!(
            "None of {expected} additions got lost this time, which proves nothing: some of these ways can lose \
            additions."
        )
    };
    Finding::new("lost", most.share(), text)
}

/// What the lock saved, and what it costs compared with `plain`.
fn lock(mutex: &Account, plain: Option<&Account>) -> Finding {
    let all = count(mutex.expected);
    let mut text = match plain {
        Some(plain) if plain.lost > 0 => format!("One lock saved them all: of {all}, none got lost."),
        _ => format!("With one lock, none of {all} got lost, and none can."),
    };
    let mut value = 1.0;
    if let Some(with) = &mutex.ns {
        let without = plain.and_then(|plain| plain.ns.as_ref());
        text += &match without.map(|without| (without, apart(with, without))) {
            Some((without, Some(ratio))) => {
                value = ratio.value;
                let how = if ratio.value > 1.0 {
                    format!("takes {} as long", Unit::Times.write(ratio.value))
                } else {
                    format!("is {} as fast", Unit::Times.write(1.0 / ratio.value))
                };
                format!(" With it an addition {how}: {} instead of {}.", ns(with), ns(without))
            }
            Some((without, None)) => format!(
                " Its cost is not clear: an addition took {} with it and {} without, but {}.",
                ns(with),
                ns(without),
                if with.count < ENOUGH { "so few repeats say little" } else { "the repeats differ by more" }
            ),
            None => format!(" An addition takes {} with it.", ns(with)),
        };
    }
    Finding::new("lock", value, text)
}

/// How many times as long `one` takes as `other`, if the repeats show a clear difference.
fn apart(one: &Summary, other: &Summary) -> Option<Ratio> {
    one.ratio(other).filter(|ratio| ratio.is_clear() && one.count >= ENOUGH)
}

/// The cheapest remedy of those that lost nothing and cannot lose anything.
fn cheapest(accounts: &[Account]) -> Option<Finding> {
    let right = accounts.iter().filter(|account| account.remedy.is_right() && account.lost == 0);
    let enough = |ns: &Summary| ns.count >= ENOUGH;
    let mut timed: Vec<(&Account, Summary)> =
        right.filter_map(|account| Some((account, account.ns.filter(enough)?))).collect();
    timed.sort_by(|a, b| a.1.median.total_cmp(&b.1.median));
    let (&(best, best_ns), others) = timed.split_first()?;
    let (second, second_ns) = others.first()?;
    let clear = apart(second_ns, &best_ns).is_some();
    let mut text = "Cheapest remedy that loses nothing: ".to_owned();
    text += &if clear {
        format!("{}, {} for one addition.", name(best), ns(&best_ns))
    } else {
        let (best, second, best_ns, second_ns) = (name(best), name(second), ns(&best_ns), ns(second_ns));
        format!("{best} and {second}, too close to call: {best_ns} and {second_ns} for one addition.")
    };
    // The second dearest may be the cheapest.
    if let [.., (_, before_ns), (dearest, dearest_ns)] = &timed[..]
        && apart(dearest_ns, before_ns).is_some()
    {
        text += &format!(" Most expensive: {}, {}.", name(dearest), ns(dearest_ns));
    }
    if matches!(best.remedy, Remedy::Merged | Remedy::Processes) {
        text += " But the total is known only at the end.";
    }
    Some(Finding::new("cheapest", best_ns.median, text))
}

/// What a wrong remedy lost.
fn wrong(account: &Account) -> Finding {
    let why = match account.remedy {
        Remedy::TwoLocks => "a lock keeps out only threads that take the same lock",
        _ => "a lock that no other thread takes keeps nobody out",
    };
    let text = if account.lost > 0 {
        format!(
            "{} lost {}, although a lock was held for each addition: {why}.",
            account.remedy.short(),
            share(account.share())
        )
    } else {
        format!("{} lost nothing this time, which proves nothing: {why}.", account.remedy.short())
    };
    Finding::new(&format!("wrong:{}", account.remedy.slug()), account.share(), text)
}

/// How the repeats of `plain` differ, and whether its threads were at work at the same time.
fn spread(plain: &Account) -> Option<Finding> {
    let lossy: Vec<f64> = plain.shares.iter().copied().filter(|share| *share > 0.0).collect();
    let of = Summary::of(&lossy).filter(|_| plain.shares.len() > 1)?;
    let mut text = format!("Without a lock, {} of {} repeats lost something", of.count, plain.shares.len());
    let (least, most) = (share(of.least), share(of.most));
    text += &if least == most { format!(", {most} of it.") } else { format!(", between {least} and {most} of it.") };
    if lossy.len() < plain.shares.len() || least != most {
        text += " So one run says little.";
    }
    if let Some(at_once) = plain.at_once {
        text += &format!(
            " In the median repeat, two or more threads were at work together for {} of the time.",
            share(at_once)
        );
    }
    Some(Finding::new("spread", of.most - of.least, text))
}

/// Why some of what was asked for did not run.
fn no_threads(args: &Args, host: &Host, accounts: &[Account]) -> Option<Finding> {
    let missing = args.remedies.iter().filter(|remedy| !accounts.iter().any(|account| account.remedy == **remedy));
    let missing = missing.filter(|remedy| remedy.needs_shared_memory() && host.memory != Memory::Shared).count();
    (missing > 0).then(|| {
        let text = "Threads cannot share memory on this page, so only processes could run. They share nothing and need \
            no lock.";
        Finding::new("threads", missing as f64, text.to_owned())
    })
}

/// What was too short to be timed.
fn short(host: &Host, accounts: &[Account]) -> Option<Finding> {
    let untimed: Vec<String> = accounts.iter().filter(|account| account.ns.is_none()).map(name).collect();
    (!untimed.is_empty()).then(|| {
        let step = duration(host.timer_us.max(1.0), host.timer_us.max(1.0));
        let text = format!(
            "The repeats of {} were too short for a clock with steps of {step}. Set more additions to time them.",
            untimed.join(", ")
        );
        Finding::new("short", untimed.len() as f64, text)
    })
}
