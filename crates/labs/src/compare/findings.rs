//! How facts are said, and what a result has of them.

use super::facts::{Bound, Fact, Gain, MIXED, Took, Why, facts};
use super::standing::{Pace, Standing, step_us};
use super::{Args, Mode};
use crate::lab::Finding;
use crate::result::{Host, Run};
use interleave_trace::format::{duration, fixed, ratio};

/// The findings of `runs`, whose speed-ups are filled in. What matters most comes first:
///
/// | id | its value |
/// |---|---|
/// | `checksum` | how many modes did other work than most, and are compared with none |
/// | `fastest` | how many times as long the slowest mode took as the fastest; where the clock cannot tell, at least |
/// | `speedup:<mode>` | the mode's speed-up over `sequential` |
/// | `wall:<mode>` | where there is none, the mode's time in milliseconds |
/// | `switches:<mode>` | the mean time of a switch from one task to another, in microseconds |
/// | `work` | the part of the work that is sleep, from 0 to 1 |
/// | `cores` | how many tasks computed at once on average, in the mode in which most did |
#[must_use]
pub fn findings(args: &Args, host: &Host, runs: &[Run]) -> Vec<Finding> {
    let words = Words { step_us: step_us(host), cores: host.cores };
    let mut findings = Vec::new();
    if !runs.is_empty() {
        facts(args, host, runs, &mut |fact| findings.push(words.say(&fact)));
    }
    findings
}

/// How many times as fast as the slowest the fastest was.
pub(super) fn factor(standing: &Standing, step_us: f64) -> String {
    times(standing.slowest_us, standing.fastest_us, step_us)
}

/// How many times as long as the shorter of two times the longer one is. Of less than a step of the clock only that is known.
fn times(longer_us: f64, shorter_us: f64, step_us: f64) -> String {
    let at_least = if shorter_us < step_us { "at least " } else { "" };
    at_least.to_owned() + &ratio(longer_us.max(step_us) / shorter_us.max(step_us))
}

fn names(modes: &[Mode]) -> String {
    let mut names = String::new();
    for mode in modes {
        names += if names.is_empty() { "" } else { ", " };
        names += mode.short();
    }
    names
}

/// What sentences are written with.
struct Words {
    step_us: f64,
    cores: u32,
}

impl Words {
    fn say(&self, fact: &Fact) -> Finding {
        match fact {
            Fact::OtherWork(modes) => {
                let text =
                    format!("Not compared: {}. Checksums differ, so not all modes did the same work.", names(modes));
                Finding::new("checksum", modes.len() as f64, text)
            }
            Fact::Standing(standing) => Finding::new("fastest", standing.factor(self.step_us), self.headline(standing)),
            Fact::Work { sleep_us, cpu_us, gain } => self.work(*sleep_us, *cpu_us, gain.as_ref()),
            Fact::Took(took) => self.took(took),
            Fact::Switches(mode, count, us) => self.switches(*mode, *count, *us),
            Fact::AtOnce(mode, tasks) => {
                let tasks_written = fixed(*tasks, 1);
                let text = format!(
                    "{}: {tasks_written} tasks computed at once on average, on {} cores.",
                    mode.short(),
                    self.cores
                );
                Finding::new("cores", *tasks, text)
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

    fn headline(&self, standing: &Standing) -> String {
        let took = self.took_time(standing.fastest_us);
        if standing.all_alike {
            return format!("All modes took about the same time, {took}.");
        }
        let factor = factor(standing, self.step_us);
        let mut text = format!("{} was fastest: {took}, {factor} as fast as the slowest.", standing.fastest.short());
        if !standing.as_good.is_empty() {
            text += &format!(" About as fast: {}.", names(&standing.as_good));
        }
        text
    }

    fn work(&self, sleep_us: f64, cpu_us: f64, gain: Option<&Gain>) -> Finding {
        let share = sleep_us / (sleep_us + cpu_us);
        let kind = match share {
            _ if share > 1.0 - MIXED => "Most of this work is sleep",
            _ if share < MIXED => "Most of this work is computing",
            _ => "The tasks sleep and compute",
        };
        let mut text = format!("{kind}: {} of sleep, {} of computing.", self.time(sleep_us), self.time(cpu_us));
        match gain {
            Some(Gain::OnOneCore(modes)) => {
                text += &format!(" Faster than sequential on one core, too: {}.", names(modes));
            }
            Some(Gain::OnSeveralOnly) => text += " Only modes that use several cores were faster than sequential.",
            None => {}
        }
        Finding::new("work", share, text)
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
        Finding::new(&format!("{kind}:{}", took.mode.slug()), value, text)
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
        let (mean, all) = (self.time(mean_us), self.time(us));
        let text = format!("{}: {count} {what}, {mean} each on average, {all} in all.", mode.short());
        Finding::new(&format!("switches:{}", mode.slug()), mean_us, text)
    }
}

#[cfg(test)]
mod tests;
