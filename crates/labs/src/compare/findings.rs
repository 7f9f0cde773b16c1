//! What a measurement says, in sentences: every figure in them is computed from it.

use super::analysis::{Loss, Work};
use super::{Args, Mode};
use crate::result::{Finding, Host, Run};
use interleave_trace::format::{duration, ratio};

/// A mode counts as faster than sequential from this speed-up on, so that noise does not.
const FASTER: f64 = 1.1;
/// A loss is worth a sentence from this part of a run on.
const NOTICEABLE: f64 = 0.08;

/// The findings of `runs`, whose speed-ups are filled in: the headline first, then a sentence for each mode, then what
/// switches cost.
#[must_use]
pub fn findings(args: &Args, host: &Host, runs: &[Run]) -> Vec<Finding> {
    let about = About { args, host, work: Work::of(args) };
    let Some(headline) = about.headline(runs) else { return vec![] };
    let mut findings = vec![headline];
    findings.extend(about.kind());
    for run in runs {
        if let Some(mode) = Mode::from_slug(&run.mode) {
            findings.push(about.mode(mode, run));
            findings.extend(about.switches(mode, run));
        }
    }
    findings
}

/// What all sentences are about.
struct About<'a> {
    args: &'a Args,
    host: &'a Host,
    work: Work,
}

impl About<'_> {
    fn time(&self, us: f64) -> String {
        duration(us, self.host.timer_us)
    }

    /// Which mode was fastest, and what that has to do with the work.
    fn headline(&self, runs: &[Run]) -> Option<Finding> {
        let fastest = runs.iter().min_by(|a, b| a.wall_ms.total_cmp(&b.wall_ms))?;
        let mode = Mode::from_slug(&fastest.mode)?;
        let took = self.time(fastest.wall_ms * 1000.0);
        if runs.len() == 1 {
            let text = format!("{} took {took}. Run other modes beside it to compare.", mode.short());
            return Some(Finding { id: "fastest".into(), value: fastest.wall_ms, text });
        }
        let slowest = runs.iter().map(|run| run.wall_ms).fold(0.0, f64::max);
        let factor = if fastest.wall_ms > 0.0 { slowest / fastest.wall_ms } else { 1.0 };
        let text = if factor < FASTER {
            format!("All modes took about the same time, {took}: {}", self.why_all_the_same())
        } else {
            format!("{} was fastest: {took}, {} as fast as the slowest.", mode.short(), ratio(factor))
        };
        Some(Finding { id: "fastest".into(), value: factor, text })
    }

    /// What kind of work it is, and so who can gain.
    fn kind(&self) -> Option<Finding> {
        let (sleep_us, cpu_us) = (self.work.sleep_us, self.work.cpu_us);
        if sleep_us + cpu_us == 0.0 {
            return None;
        }
        let (sleep, cpu) = (self.time(sleep_us), self.time(cpu_us));
        let text = if self.work.mostly_sleep() {
            format!(
                "Most of this work is waiting: {sleep} of sleep, {cpu} of computing. A sleeping task needs no core, so every \
                 mode that lets sleeps overlap gains, on one core too."
            )
        } else {
            format!(
                "Most of this work is computing: {cpu}, and {sleep} of sleep. A core computes one thing at a time, so only modes \
                 that use several cores gain."
            )
        };
        Some(Finding { id: "work".into(), value: sleep_us / (sleep_us + cpu_us), text })
    }

    fn why_all_the_same(&self) -> &'static str {
        match self.work {
            Work { tasks: 1, .. } => "there is only one task, so there is nothing to overlap.",
            Work { sleep_us: 0.0, cpu_us: 0.0, .. } => "the tasks do nothing.",
            _ if !self.work.mostly_sleep() => "the work is computing, and no mode had a second core for it.",
            _ => "little of the work could overlap.",
        }
    }

    /// What one mode took, beside its ideal, and what was lost to what.
    fn mode(&self, mode: Mode, run: &Run) -> Finding {
        let wall_us = run.wall_ms * 1000.0;
        let cores = if mode.one_core() { 1 } else { self.host.cores };
        let ideal_us = self.work.ideal_us(mode, self.host.cores, self.args.pool);
        let loss = Loss::of(run, ideal_us);
        let mut text = format!("{}: {}", mode.short(), self.time(wall_us));
        if mode != Mode::Sequential
            && let Some(speedup) = run.speedup
        {
            text += &format!(", {} as fast as sequential", ratio(speedup));
        }
        let on = match cores {
            1 => "one core".to_owned(),
            cores => format!("{cores} cores"),
        };
        text += &format!(". On {on} it could take {} at best", self.time(ideal_us));
        if loss.total_us > wall_us * NOTICEABLE && loss.total_us > self.host.timer_us {
            text += &format!("; {} more were lost", self.time(loss.total_us));
            match loss.main_cause() {
                Some((cause, us)) => text += &format!(", most of them to {cause} ({})", self.time(us)),
                None if self.work.cpu_us > 0.0 => {
                    text +=
                        ": computing was slower than alone on one core, because cores were shared with other programs";
                }
                None => {}
            }
        }
        text.push('.');
        if mode != Mode::Sequential && run.speedup.is_some_and(|speedup| speedup < FASTER) {
            text += " It is no faster because ";
            text += &self.why_no_faster(mode, &loss);
            text.push('.');
        }
        Finding { id: format!("mode:{}", mode.slug()), value: run.wall_ms, text }
    }

    fn why_no_faster(&self, mode: Mode, loss: &Loss) -> String {
        let work = self.work;
        if work.tasks == 1 {
            return "one task has nothing to overlap with".to_owned();
        }
        if work.sleep_us + work.cpu_us == 0.0 {
            return "the tasks do nothing, so that all of its time is overhead".to_owned();
        }
        if mode == Mode::Pool && self.args.pool == 1 {
            return "a pool of one worker does one task at a time".to_owned();
        }
        if !work.mostly_sleep() && mode.one_core() {
            let cpu = self.time(work.cpu_us);
            return format!("taking turns does not compute faster: {cpu} of computing need {cpu} on one core");
        }
        if !work.mostly_sleep() && self.host.cores == 1 {
            return "there is only one core to compute on".to_owned();
        }
        match loss.main_cause() {
            Some((cause, us)) => format!("{cause} cost {}, which is more than it saved", self.time(us)),
            None => "the longest task takes nearly as long as all of them".to_owned(),
        }
    }

    /// What context switches cost, where the engine makes them and so can time them.
    fn switches(&self, mode: Mode, run: &Run) -> Option<Finding> {
        if run.context_switches == 0 {
            return None;
        }
        let mean_us = run.switch_us as f64 / run.context_switches as f64;
        let what = if mode == Mode::EventLoop { "turns from one task to another" } else { "context switches" };
        let mut text = format!("{}: {} {what}, ", mode.short(), run.context_switches);
        // A mean of many is finer than one reading, but a cost below the step may as well be the clock's.
        if mean_us < self.host.timer_us {
            text += &format!("each under {}, the smallest time this clock can tell.", self.time(self.host.timer_us));
        } else {
            text += &format!("{} each on average, {} in all.", self.time(mean_us), self.time(run.switch_us as f64));
        }
        Some(Finding { id: format!("switches:{}", mode.slug()), value: mean_us, text })
    }
}

#[cfg(test)]
mod tests {
    use super::super::with_speedups;
    use super::*;
    use crate::result::{Memory, Runtime};
    use interleave_trace::{Lane, LaneKind, Span, State};

    fn host(cores: u32) -> Host {
        Host { runtime: Runtime::Browser, cores, memory: Memory::Shared, timer_us: 5.0, agent: String::new() }
    }

    fn run(mode: Mode, wall_ms: f64, switches: (u64, u64)) -> Run {
        let lane = Lane { id: 0, name: "main thread".into(), kind: LaneKind::Main };
        let end_us = (wall_ms * 1000.0) as u64;
        Run {
            mode: mode.slug().into(),
            wall_ms,
            speedup: None,
            checksum: String::new(),
            context_switches: switches.0,
            switch_us: switches.1,
            lanes: vec![lane],
            spans: vec![Span { lane: 0, task: 0, state: State::Run, start_us: 0, end_us }],
            output: vec![],
        }
    }

    fn texts(query: &str, cores: u32, mut runs: Vec<Run>) -> Vec<String> {
        with_speedups(&mut runs);
        findings(&Args::from_query(query).0, &host(cores), &runs).into_iter().map(|finding| finding.text).collect()
    }

    #[test]
    fn sleeping_and_computing_lead_to_different_findings() {
        let runs = || vec![run(Mode::Sequential, 1600.0, (0, 0)), run(Mode::Pool, 201.0, (0, 0))];
        let sleeping = texts("tasks=8&sleep=200&cpu=0", 2, runs());
        assert!(sleeping[1].contains("A sleeping task needs no core"), "{sleeping:?}");
        assert!(sleeping[0].contains("8.0× as fast as the slowest"), "{sleeping:?}");
        let runs = vec![run(Mode::Sequential, 800.0, (0, 0)), run(Mode::Pool, 410.0, (0, 0))];
        let computing = texts("tasks=8&sleep=0&cpu=100", 2, runs);
        assert!(computing[1].contains("several cores gain"), "{computing:?}");
        assert!(computing[3].contains("On 2 cores it could take 400 ms at best"), "{computing:?}");
    }

    #[test]
    fn a_mode_that_is_no_faster_says_why() {
        let why = |query: &str, cores, mode| {
            let texts = texts(query, cores, vec![run(Mode::Sequential, 800.0, (0, 0)), run(mode, 805.0, (0, 0))]);
            texts.last().unwrap().split("because ").nth(1).unwrap_or("").to_owned()
        };
        assert!(why("tasks=8&sleep=0&cpu=100", 2, Mode::EventLoop).starts_with("taking turns does not compute faster"));
        assert!(why("tasks=8&sleep=0&cpu=100", 1, Mode::Threads).starts_with("there is only one core"));
        assert!(why("tasks=8&sleep=100&cpu=0&pool=1", 2, Mode::Pool).starts_with("a pool of one worker"));
        assert!(why("tasks=1&sleep=800", 2, Mode::Threads).starts_with("one task has nothing"));
        assert!(why("tasks=2&sleep=0&cpu=0", 2, Mode::Threads).starts_with("the tasks do nothing"));
    }

    #[test]
    fn switches_claim_no_more_than_the_clock_can_tell() {
        let text = |switches| texts("tasks=8&sleep=0&cpu=100", 2, vec![run(Mode::OneCore, 810.0, switches)])[3].clone();
        assert_eq!(
            text((160, 1600)),
            "Threads on one core: 160 context switches, 10 µs each on average, 1.60 ms in all."
        );
        assert!(text((160, 300)).contains("each under 5 µs"));
    }

    #[test]
    fn nothing_run_finds_nothing() {
        assert!(texts("", 2, vec![]).is_empty());
        assert_eq!(texts("tasks=1&sleep=0", 2, vec![run(Mode::Sequential, 0.0, (0, 0))]).len(), 2);
    }
}
