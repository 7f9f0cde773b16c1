//! How facts are said, and what a result has of them.

use super::Mode;
use super::facts::{Bound, Fact, MIXED, Took, Why};
use super::standing::{Alike, Pace, Standing, step_us};
use crate::lab::Finding;
use crate::result::{Host, Run};
use interleave_trace::State;
use interleave_trace::format::{duration, fixed, ratio};

/// The findings of `runs`: the headline, at most three more main sentences, then those that stand with their mode's row.
///
/// | id | its value |
/// |---|---|
/// | `fastest` | how many times as fast as `sequential` the fastest mode was; where that did not run or was about as fast, as the slowest; where the clock cannot tell, at least |
/// | `took` | where only one mode ran, its time in milliseconds |
/// | `checksum` | how many modes did other work than most, and are compared with none |
/// | `sleep` | how many times as long all sleep of a mode was as the time it took, where it overlapped most |
/// | `computing` | all computing asked for, in milliseconds |
/// | `work` | where neither of these is said, the part of the work that is sleep, from 0 to 1 |
/// | `lost` | what the mode that lost most lost, in milliseconds |
/// | `speedup:<mode>` | the mode's speed-up over `sequential` |
/// | `wall:<mode>` | where there is none, the mode's time in milliseconds |
/// | `switches:<mode>` | the mean time of a switch from one task to another, in microseconds |
/// | `cores` | how many tasks computed at once on average, in the mode in which most did |
#[must_use]
pub(super) fn findings(host: &Host, runs: &[Run], facts: &[Fact]) -> Vec<Finding> {
    let words = Words { step_us: step_us(host), cores: host.cores.max(1), runs, facts };
    facts.iter().map(|fact| words.say(fact)).collect()
}

/// How many times as long the shorter of two times the longer one is. Of less than a step of the clock only that is known.
pub(super) fn times(longer_us: f64, shorter_us: f64, step_us: f64) -> String {
    let at_least = if shorter_us < step_us { "at least " } else { "" };
    let ratio = ratio(longer_us.max(step_us) / shorter_us.max(step_us));
    at_least.to_owned() + ratio.trim_end_matches('×') + " times"
}

fn names(modes: &[Mode]) -> String {
    let mut names = String::new();
    for mode in modes {
        names += if names.is_empty() { "" } else { ", " };
        names += mode.short();
    }
    names
}

/// The states in which a trace shows what was lost to `cause`; none if it is what is missing in it.
fn states_of(cause: &str) -> &'static [State] {
    match cause {
        "starting threads" | "starting processes" => &[State::Spawn],
        "passing messages" => &[State::Message],
        "slower computing" => &[State::Run],
        "sleeps longer than asked for" => &[State::Sleep],
        "context switches" | "turns that came late" | "waiting for a core that was not free" => &[State::Ready],
        _ => &[],
    }
}

/// What sentences are written with.
struct Words<'a> {
    step_us: f64,
    cores: u32,
    runs: &'a [Run],
    facts: &'a [Fact],
}

impl Words<'_> {
    fn say(&self, fact: &Fact) -> Finding {
        match fact {
            Fact::Standing(standing) => self.headline(standing),
            Fact::Alone(mode, us) => {
                let text =
                    format!("{} took {}. No other mode ran to compare it with.", mode.short(), self.took_time(*us));
                self.lit(Finding::new("took", us / 1000.0, text), *mode, &[])
            }
            Fact::OtherWork(modes) => {
                let text =
                    format!("Not compared: {}. Checksums differ, so not all modes did the same work.", names(modes));
                let finding = Finding::new("checksum", modes.len() as f64, text);
                modes.iter().fold(finding, |finding, mode| self.lit(finding, *mode, &[]))
            }
            Fact::Overlap { mode, one_core, slept_us, took_us } => {
                let even = if *one_core { ", even on one core" } else { "" };
                let (slept, took) = (self.time(*slept_us), self.took_time(*took_us));
                let text = format!("Sleep overlaps{even}: {slept} of it took {took} with {}.", mode.phrase());
                self.lit(Finding::new("sleep", slept_us / took_us, text), *mode, &[State::Sleep])
            }
            Fact::Computing { cpu_us, several_only } => self.computing(*cpu_us, *several_only),
            Fact::Work { sleep_us, cpu_us } => self.work(*sleep_us, *cpu_us),
            Fact::Lost { first, most } => self.lost(*first, *most),
            Fact::Took(took) => self.took(took),
            Fact::Switches(mode, count, us) => self.switches(*mode, *count, *us),
            Fact::AtOnce(mode, tasks) => {
                let tasks_written = fixed(*tasks, 1);
                let text = format!(
                    "{}: {tasks_written} tasks computed at once on average, on {} cores.",
                    mode.short(),
                    self.cores
                );
                self.beside(Finding::new("cores", *tasks, text), *mode, &[State::Run])
            }
        }
    }

    fn time(&self, us: f64) -> String {
        duration(us, self.step_us)
    }

    /// What took some time, even if the clock shows none.
    fn took_time(&self, us: f64) -> String {
        self.time(us.max(f64::MIN_POSITIVE))
    }

    /// The finding, which also speaks of what `mode` did in `states`.
    fn lit(&self, finding: Finding, mode: Mode, states: &[State]) -> Finding {
        finding.showing(self.runs, mode.slug(), states)
    }

    /// The finding in its mode's row.
    fn beside(&self, finding: Finding, mode: Mode, states: &[State]) -> Finding {
        self.lit(finding.of(mode.slug()), mode, states)
    }

    fn headline(&self, standing: &Standing) -> Finding {
        let took = self.took_time(standing.fastest_us);
        let (beside, beside_us) = standing.beside;
        let factor = times(beside_us, standing.fastest_us, self.step_us);
        let mut text = match standing.alike {
            Alike::All => format!("All modes took about the same time, {took}."),
            Alike::AllButSequential => {
                format!("All but sequential took about the same time, {took}: {factor} as fast.")
            }
            Alike::Some => {
                let mut text = format!("{} won: {took}, {factor} as fast as ", standing.fastest.short());
                text += &match beside {
                    Mode::Sequential => "sequential.".to_owned(),
                    slowest => format!("the slowest, {}.", slowest.short()),
                };
                text
            }
        };
        let stands_out = standing.alike == Alike::Some;
        if stands_out && !standing.as_good.is_empty() {
            text += &format!(" About as fast: {}.", names(&standing.as_good));
        }
        let mut finding = Finding::new("fastest", standing.factor(beside_us, self.step_us), text);
        finding = self.lit(finding, standing.fastest, &[]);
        for mode in &standing.as_good {
            finding = self.lit(finding, *mode, &[]);
        }
        if stands_out { self.lit(finding, beside, &[]) } else { finding }
    }

    fn computing(&self, cpu_us: f64, several_only: bool) -> Finding {
        let all = self.time(cpu_us);
        let mut text = format!("Computing needs a core: {all} of it take at least {all} on one core");
        if self.cores > 1 {
            let shared = self.time(cpu_us / f64::from(self.cores));
            text += &format!(", {shared} on {} cores", self.cores);
        }
        text += ".";
        if several_only {
            text += " Only modes that use several cores were faster than sequential.";
        }
        let finding = Finding::new("computing", cpu_us / 1000.0, text);
        Mode::ALL.into_iter().fold(finding, |finding, mode| self.lit(finding, mode, &[State::Run]))
    }

    fn work(&self, sleep_us: f64, cpu_us: f64) -> Finding {
        let share = sleep_us / (sleep_us + cpu_us);
        let kind = match share {
            _ if share > 1.0 - MIXED => "Most of this work is sleep",
            _ if share < MIXED => "Most of this work is computing",
            _ => "The tasks sleep and compute",
        };
        let text = format!("{kind}: {} of sleep, {} of computing.", self.time(sleep_us), self.time(cpu_us));
        Finding::new("work", share, text)
    }

    /// What the fastest mode lost, if it did, and what the one that lost most did, and to what most of all.
    fn lost(&self, first: Option<Mode>, most: Mode) -> Finding {
        let mut finding = Finding::new("lost", 0.0, String::new());
        for mode in [first, Some(most)].into_iter().flatten() {
            let took = self.facts.iter().find_map(|fact| match fact {
                Fact::Took(took) if took.mode == mode => Some((took.us, took.loss()?)),
                _ => None,
            });
            let Some((us, loss)) = took else { continue };
            let cause = loss.causes.first();
            finding.text += if finding.text.is_empty() { "" } else { "; " };
            finding.text += &format!("{} lost {} of its {}, ", mode.short(), self.time(loss.total_us), self.time(us));
            finding.text += &match cause {
                Some((cause, us)) if self.time(*us) == self.time(loss.total_us) => format!("all to {cause}"),
                Some((cause, us)) => format!("{} to {cause}", self.time(*us)),
                None => "to nothing that stands out".to_owned(),
            };
            finding.value = loss.total_us / 1000.0;
            finding = self.lit(finding, mode, cause.map_or(&[], |(cause, _)| states_of(cause)));
        }
        finding.text.push('.');
        finding
    }

    /// What one mode took, beside `sequential` and its ideal, and what was lost to what.
    fn took(&self, took: &Took) -> Finding {
        let mut text = format!("{}: {}", took.mode.short(), self.took_time(took.us));
        text += &match took.beside_sequential {
            Some((Pace::Faster, base_us)) => {
                format!(", {} as fast as sequential.", times(base_us, took.us, self.step_us))
            }
            Some((Pace::Slower, base_us)) => {
                format!(", {} as long as sequential.", times(took.us, base_us, self.step_us))
            }
            Some((Pace::Alike, _)) => ", about as long as sequential.".to_owned(),
            None => ".".to_owned(),
        };
        if let Some(bound) = &took.bound {
            text += &self.bound(bound);
        }
        if let Some(why) = took.why {
            text += &format!(" It is no faster because {}.", self.because(why));
        }
        let (kind, value) = took.speedup.map_or(("wall", took.us / 1000.0), |speedup| ("speedup", speedup));
        self.beside(Finding::new(&format!("{kind}:{}", took.mode.slug()), value, text), took.mode, &[])
    }

    fn bound(&self, bound: &Bound) -> String {
        let given = match (bound.by, bound.workers) {
            (1, true) => "With one worker".to_owned(),
            (1, false) => "On one core".to_owned(),
            (by, true) => format!("With {by} workers"),
            (by, false) => format!("On {by} cores"),
        };
        let mut text = format!(" {given} it could take {} at best", self.time(bound.us));
        if let Some(loss) = &bound.loss {
            text += &format!("; {} more were lost", self.time(loss.total_us));
            for (at, (cause, us)) in loss.causes.iter().enumerate() {
                text += &format!("{} {} to {cause}", if at == 0 { ":" } else { "," }, self.time(*us));
            }
            if loss.causes.is_empty() {
                text += ", to nothing that stands out";
            }
        }
        text + "."
    }

    fn because(&self, why: Why) -> String {
        let text = match why {
            Why::OneTask => "one task is all of the work, or nearly all",
            Why::OneWorker => "a pool of one worker does one task at a time",
            Why::OneCore => "taking turns on one core makes no computing shorter",
            Why::Little => "it could save little",
            Why::Lost(us) => return format!("most of the {} that it could have saved was lost", self.time(us)),
        };
        text.to_owned()
    }

    /// What switches cost, where the engine makes them and so can time them.
    fn switches(&self, mode: Mode, count: u64, us: f64) -> Finding {
        let mean_us = us / count as f64;
        let what = match (mode, count) {
            (Mode::EventLoop, 1) => "turn from one task to another",
            (Mode::EventLoop, _) => "turns from one task to another",
            (_, 1) => "context switch",
            _ => "context switches",
        };
        let (mean, all) = (self.took_time(mean_us), self.took_time(us));
        let text = format!("{}: {count} {what}, {mean} each on average, {all} in all.", mode.short());
        let states = [State::Run, State::Ready];
        self.beside(Finding::new(&format!("switches:{}", mode.slug()), mean_us, text), mode, &states)
    }
}

#[cfg(test)]
mod tests;
