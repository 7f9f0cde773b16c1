//! What a measurement says, in sentences: every figure in them is computed from it, and no reason is given that was not checked.

use super::analysis::{Loss, Resources, Work};
use super::predict::AS_GOOD;
use super::{Args, Mode};
use crate::lab::Finding;
use crate::result::{Host, Run};
use interleave_trace::State;
use interleave_trace::format::{duration, ratio};

/// A mode counts as faster than sequential from this speed-up on, so that noise does not.
const FASTER: f64 = 1.1;
/// A loss is worth a sentence from this part of a run on.
const NOTICEABLE: f64 = 0.08;
/// Work is a mix if each of sleep and computing is at least this part of it.
const MIXED: f64 = 0.25;

/// The findings of `runs`, whose speed-ups are filled in.
///
/// In this order: `fastest`, the headline; `work`, what kind of work it is; for each mode `speedup:<slug>` (its value is the
/// speed-up over `sequential`; `wall:<slug>`, in milliseconds, where there is none) and `switches:<slug>` (mean cost in
/// microseconds); `cores`, how many computed on average.
#[must_use]
pub fn findings(args: &Args, host: &Host, runs: &[Run]) -> Vec<Finding> {
    let on = Resources { cores: host.cores, workers: args.pool };
    let about = About { host, on, work: Work::of(args) };
    let Some(headline) = about.headline(runs) else { return vec![] };
    let mut findings = vec![headline];
    findings.extend(about.kind());
    for run in runs {
        if let Some(mode) = Mode::from_slug(&run.mode) {
            findings.push(about.mode(mode, run));
            findings.extend(about.switches(mode, run));
        }
    }
    findings.extend(about.cores(runs));
    findings
}

/// What all sentences are about.
struct About<'a> {
    host: &'a Host,
    on: Resources,
    work: Work,
}

impl About<'_> {
    fn time(&self, us: f64) -> String {
        duration(us, self.step_us())
    }

    /// The smallest difference in time that a trace shows: the clock's step, but whole microseconds at best.
    fn step_us(&self) -> f64 {
        self.host.timer_us.max(1.0)
    }

    fn mostly_sleep(&self) -> bool {
        self.work.sleep_us() > self.work.cpu_us()
    }

    /// Which mode was fastest, and by how much.
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
            format!("All modes took about the same time, {took}: {}.", self.why_all_the_same(runs))
        } else {
            let mut text = format!("{} was fastest: {took}, {} as fast as the slowest.", mode.short(), ratio(factor));
            let as_good =
                runs.iter().filter(|run| run.mode != fastest.mode && run.wall_ms <= fastest.wall_ms * AS_GOOD);
            let as_good: Vec<_> = as_good.filter_map(|run| Mode::from_slug(&run.mode)).map(Mode::short).collect();
            if !as_good.is_empty() {
                text += " As good, within 5 %: ";
                text += &as_good.join(", ");
                text.push('.');
            }
            text
        };
        Some(Finding { id: "fastest".into(), value: factor, text })
    }

    fn why_all_the_same(&self, runs: &[Run]) -> &'static str {
        let one_core = |run: &Run| Mode::from_slug(&run.mode).is_none_or(|mode| self.on.cores_for(mode) == 1);
        match () {
            () if self.work.tasks() == 1 => "there is only one task, so there is nothing to overlap",
            () if self.work.all_us() == 0.0 => "the tasks do nothing",
            () if !self.mostly_sleep() && runs.iter().all(one_core) => {
                "the work is computing, and none of them had a second core for it"
            }
            () => "there was little to gain, or what was gained was lost again",
        }
    }

    /// What kind of work it is, and so who can gain. The value is the part of it that is sleep.
    fn kind(&self) -> Option<Finding> {
        if self.work.all_us() == 0.0 {
            return None;
        }
        let share = self.work.sleep_us() / self.work.all_us();
        let (sleep, cpu) = (self.time(self.work.sleep_us()), self.time(self.work.cpu_us()));
        let text = if (MIXED..=1.0 - MIXED).contains(&share) {
            format!(
                "The tasks wait and compute: {sleep} of sleep, {cpu} of computing. Sleeps can overlap on one core; \
                 the computing gets shorter only on several."
            )
        } else if self.mostly_sleep() {
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
        Some(Finding { id: "work".into(), value: share, text })
    }

    /// What one mode took, beside its ideal, and what was lost to what.
    fn mode(&self, mode: Mode, run: &Run) -> Finding {
        let wall_us = run.wall_ms * 1000.0;
        let ideal_us = self.work.ideal_us(mode, self.on);
        let mut text = format!("{}: {}", mode.short(), self.time(wall_us));
        let speedup = run.speedup.filter(|_| mode != Mode::Sequential);
        match speedup {
            // “0.02× as fast” says little.
            Some(speedup) if speedup > 0.0 && speedup < 0.95 => {
                text += &format!(", {} as long as sequential", ratio(1.0 / speedup));
            }
            Some(speedup) => text += &format!(", {} as fast as sequential", ratio(speedup)),
            None => {}
        }
        text += &format!(". {} it could take {} at best", self.given(mode), self.time(ideal_us));
        let loss = Loss::of(run, mode, &self.work, self.on);
        if loss.total_us > wall_us * NOTICEABLE && loss.total_us > self.step_us() {
            text += &format!("; {} more were lost", self.time(loss.total_us));
            for (at, (cause, us)) in loss.causes.iter().enumerate() {
                text += &format!("{} {} to {cause}", if at == 0 { ":" } else { "," }, self.time(*us));
            }
            if loss.causes.is_empty() {
                text += ", to nothing that stands out";
            }
        } else if self.work.cpu_us() > 0.0 && wall_us < ideal_us * (1.0 - NOTICEABLE) {
            text += ", at the speed that the core had when it was measured; it was faster now";
        }
        text.push('.');
        if let Some(speedup) = speedup
            && speedup < FASTER
        {
            let could_save_us = wall_us * speedup - ideal_us;
            text += &format!(" It is no faster because {}.", self.why_no_faster(mode, could_save_us));
        }
        let (kind, value) = run.speedup.map_or(("wall", run.wall_ms), |speedup| ("speedup", speedup));
        Finding { id: format!("{kind}:{}", mode.slug()), value, text }
    }

    /// What bounds a mode, as the beginning of a sentence.
    fn given(&self, mode: Mode) -> String {
        let (count, thing) = match self.on.cores_for(mode) {
            cores if mode == Mode::Pool && (self.work.bounded_by_workers(mode, self.on) || cores < self.on.cores) => {
                (self.on.workers, "worker")
            }
            cores => (cores, "core"),
        };
        match (count, thing) {
            (1, "core") => "On one core".to_owned(),
            (1, _) => "With one worker".to_owned(),
            (_, "core") => format!("On {count} cores"),
            _ => format!("With {count} workers"),
        }
    }

    /// Why a mode is no faster than `sequential`, where `could_save_us` is what its ideal is less than that.
    fn why_no_faster(&self, mode: Mode, could_save_us: f64) -> String {
        let (all_us, cpu_us) = (self.work.all_us(), self.work.cpu_us());
        if self.work.tasks() == 1 {
            return "one task has nothing to overlap with".to_owned();
        }
        if all_us == 0.0 {
            return "the tasks do nothing, so that all of its time is overhead".to_owned();
        }
        if mode == Mode::Pool && self.on.workers == 1 {
            return "a pool of one worker does one task at a time".to_owned();
        }
        if self.work.longest_us() * FASTER > all_us {
            return "the longest task takes nearly as long as all of them".to_owned();
        }
        if cpu_us * FASTER > all_us && self.on.cores_for(mode) == 1 {
            if !mode.one_core() {
                return "there is only one core to compute on".to_owned();
            }
            let cpu = self.time(cpu_us);
            return format!("taking turns does not compute faster: {cpu} of computing need {cpu} on one core");
        }
        if could_save_us > self.step_us() {
            return format!("the {} that it could have saved were lost", self.time(could_save_us));
        }
        "there was nothing to save".to_owned()
    }

    /// What context switches cost, where the engine makes them and so can time them.
    fn switches(&self, mode: Mode, run: &Run) -> Option<Finding> {
        if run.context_switches == 0 {
            return None;
        }
        let mean_us = run.switch_us as f64 / run.context_switches as f64;
        let what = match (mode, run.context_switches) {
            (Mode::EventLoop, 1) => "turn from one task to another",
            (Mode::EventLoop, _) => "turns from one task to another",
            (_, 1) => "context switch",
            _ => "context switches",
        };
        let mut text = format!("{}: {} {what}, ", mode.short(), run.context_switches);
        // A mean of many is finer than one reading, but a cost below the step may as well be the clock's.
        if mean_us < self.step_us() {
            text += &format!("each under {}, the smallest time that could be told.", self.time(self.step_us()));
        } else {
            text += &format!("{} each on average, {} in all.", self.time(mean_us), self.time(run.switch_us as f64));
        }
        Some(Finding { id: format!("switches:{}", mode.slug()), value: mean_us, text })
    }

    /// How many cores computed at once on average, in the mode that used most of them, if computing matters here.
    fn cores(&self, runs: &[Run]) -> Option<Finding> {
        if self.work.cpu_us() < self.work.all_us() * MIXED || self.host.cores < 2 {
            return None;
        }
        let used = |run: &Run| {
            let computing = run.spans.iter().filter(|span| span.state == State::Run);
            computing.map(|span| span.len_us()).sum::<u64>() as f64 / (run.wall_ms * 1000.0)
        };
        let runs = runs.iter().filter_map(|run| {
            let mode = Mode::from_slug(&run.mode).filter(|mode| !mode.one_core() && run.wall_ms > 0.0)?;
            // What is computed in an instant, the clock may count twice.
            Some((mode, used(run).min(f64::from(self.on.cores_for(mode)))))
        });
        let (mode, used) = runs.filter(|(_, used)| *used > 0.0).max_by(|a, b| a.1.total_cmp(&b.1))?;
        let text = format!("{} kept {used:.1} of {} cores computing on average.", mode.short(), self.host.cores);
        Some(Finding { id: "cores".into(), value: used, text })
    }
}

#[cfg(test)]
mod tests;
