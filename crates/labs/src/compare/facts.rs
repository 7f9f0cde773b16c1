//! What a measurement shows: each fact is computed from the arguments, the host and the traces, and none is there that they do not bear
//! out. How a fact is said is in [`super::findings`].

use super::analysis::{Loss, Resources, Work};
use super::standing::{Pace, Standing, counts, sequential, step_us, wall_us};
use super::{Args, Mode};
use crate::result::{Host, Run};
use interleave_trace::State;

/// A loss is worth a word from this part of a run on.
const NOTICEABLE: f64 = 0.08;
/// What is nearly all of the work: all of it is at most so many times as much.
const NEARLY: f64 = 1.1;
/// Work is a mix if each of sleep and computing is at least this part of it.
pub(super) const MIXED: f64 = 0.25;

/// Something that is so.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Fact {
    /// These modes have another checksum than most, or there is none that most have: they are compared with no other.
    OtherWork(Vec<Mode>),
    /// Which mode was fastest.
    Standing(Standing),
    /// What the work consists of, and who gained by that.
    Work {
        /// All sleep asked for, in microseconds.
        sleep_us: f64,
        /// All computing asked for, in microseconds.
        cpu_us: f64,
        /// Who was faster than sequential.
        gain: Option<Gain>,
    },
    /// What one mode took.
    Took(Took),
    /// How often tasks took turns, and how many microseconds that took in all.
    Switches(Mode, u64, f64),
    /// How many tasks computed at once on average, in the mode in which most did.
    AtOnce(Mode, f64),
}

/// Who was faster than sequential.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Gain {
    /// These that use one core, at least.
    OnOneCore(Vec<Mode>),
    /// Only some that use several cores, though others ran.
    OnSeveralOnly,
}

/// What one mode took.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Took {
    /// The mode.
    pub(super) mode: Mode,
    /// Its time, in microseconds.
    pub(super) us: f64,
    /// The time of `sequential` over its own.
    pub(super) speedup: Option<f64>,
    /// How it compares with `sequential`, and what that took, in microseconds; nothing of `sequential` itself.
    pub(super) beside_sequential: Option<(Pace, f64)>,
    /// The shortest time in which it could do the work. Nothing if it did other work; or if it was faster than that, for then the core is
    /// faster than it was when the kernel was measured, or there are more cores than were counted.
    pub(super) bound: Option<Bound>,
    /// Why it is no faster than `sequential`, if it is not.
    pub(super) why: Option<Why>,
}

/// The shortest time in which a mode could do the work.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Bound {
    /// That time, in microseconds.
    pub(super) us: f64,
    /// By how many cores or workers.
    pub(super) by: u32,
    /// By workers.
    pub(super) workers: bool,
    /// What the mode lost beside it, if that is worth a word.
    pub(super) loss: Option<Loss>,
}

/// Why a mode is no faster than `sequential`.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Why {
    /// One task is nearly all of the work.
    OneTask,
    /// The pool has one worker.
    OneWorker,
    /// Nearly all of the work is computing, and there is one core for it.
    OneCore,
    /// It lost most of what it could have saved: so many microseconds.
    Lost(f64),
    /// It could have saved little.
    Little,
}

/// Tells each fact, what matters most first.
pub(super) fn facts(args: &Args, host: &Host, runs: &[Run], tell: &mut dyn FnMut(Fact)) {
    let on = Resources { cores: host.cores, workers: args.pool };
    let about = About { step_us: step_us(host), on, work: Work::of(args), runs };
    let others: Vec<Mode> = about.modes().filter(|(_, run)| !counts(run, runs)).map(|(mode, _)| mode).collect();
    if !others.is_empty() {
        tell(Fact::OtherWork(others));
    }
    if let Some(standing) = Standing::of(runs, about.step_us) {
        tell(Fact::Standing(standing));
    }
    for (mode, run) in about.modes() {
        tell(Fact::Took(about.took(mode, run)));
        if run.context_switches > 0 {
            tell(Fact::Switches(mode, run.context_switches, run.switch_us as f64));
        }
    }
    if about.work.all_us() > 0.0 {
        let (sleep_us, cpu_us) = (about.work.sleep_us(), about.work.cpu_us());
        tell(Fact::Work { sleep_us, cpu_us, gain: about.gain() });
    }
    if let Some((mode, tasks)) = about.at_once() {
        tell(Fact::AtOnce(mode, tasks));
    }
}

/// What all facts are about.
struct About<'a> {
    step_us: f64,
    on: Resources,
    work: Work,
    runs: &'a [Run],
}

impl About<'_> {
    fn modes(&self) -> impl Iterator<Item = (Mode, &Run)> {
        self.runs.iter().filter_map(|run| Some((Mode::from_slug(&run.mode)?, run)))
    }

    /// How a run compares with `sequential`, and what that took.
    fn beside_sequential(&self, mode: Mode, run: &Run) -> Option<(Pace, f64)> {
        let base_us = wall_us(sequential(self.runs)?);
        let compared = mode != Mode::Sequential && counts(run, self.runs);
        compared.then(|| (Pace::of(wall_us(run), base_us, self.step_us), base_us))
    }

    fn took(&self, mode: Mode, run: &Run) -> Took {
        let us = wall_us(run);
        let beside_sequential = self.beside_sequential(mode, run);
        let no_faster = beside_sequential.filter(|(pace, _)| *pace != Pace::Faster);
        let why = no_faster.map(|(_, base_us)| {
            self.why(mode).unwrap_or_else(|| {
                let could_save_us = base_us - self.work.ideal_us(mode, self.on);
                let most = could_save_us > self.step_us && (base_us - us) * 2.0 < could_save_us;
                if most { Why::Lost(could_save_us) } else { Why::Little }
            })
        });
        let bound = self.bound(mode, run).filter(|_| counts(run, self.runs));
        Took { mode, us, speedup: run.speedup, beside_sequential, bound, why }
    }

    fn bound(&self, mode: Mode, run: &Run) -> Option<Bound> {
        let (ideal_us, wall_us) = (self.work.ideal_us(mode, self.on), wall_us(run));
        let cores = self.on.cores_for(mode);
        let workers = mode == Mode::Pool && (self.work.bounded_by_workers(mode, self.on) || cores < self.on.cores);
        let by = if workers { self.on.workers } else { cores };
        let loss = Loss::of(run, mode, &self.work, self.on);
        let loss = Some(loss).filter(|loss| loss.total_us > (wall_us * NOTICEABLE).max(self.step_us));
        (wall_us >= ideal_us).then_some(Bound { us: ideal_us, by, workers, loss })
    }

    /// Why a mode can be no faster than `sequential`, whatever was measured.
    fn why(&self, mode: Mode) -> Option<Why> {
        let all_us = self.work.all_us();
        match () {
            () if self.work.longest_us() * NEARLY > all_us => Some(Why::OneTask),
            () if mode == Mode::Pool && self.on.workers == 1 => Some(Why::OneWorker),
            () if self.work.cpu_us() * NEARLY > all_us && self.on.cores_for(mode) == 1 => Some(Why::OneCore),
            () => None,
        }
    }

    fn gain(&self) -> Option<Gain> {
        let (mut on_one, mut ran_on_one, mut gained_on_several) = (vec![], false, false);
        for (mode, run) in self.modes() {
            let Some((pace, _)) = self.beside_sequential(mode, run) else { continue };
            let (one, gained) = (self.on.cores_for(mode) == 1, pace == Pace::Faster);
            ran_on_one |= one;
            gained_on_several |= gained && !one;
            if gained && one {
                on_one.push(mode);
            }
        }
        if on_one.is_empty() {
            (ran_on_one && gained_on_several).then_some(Gain::OnSeveralOnly)
        } else {
            Some(Gain::OnOneCore(on_one))
        }
    }

    /// How many tasks computed at once on average, in the mode in which most did, if computing matters here.
    fn at_once(&self) -> Option<(Mode, f64)> {
        if self.work.cpu_us() < self.work.all_us() * MIXED || self.on.cores < 2 {
            return None;
        }
        let at_once = |(mode, run): (Mode, &Run)| {
            let computing = run.spans.iter().filter(|span| span.state == State::Run);
            let tasks = computing.map(|span| span.len_us()).sum::<u64>() as f64 / wall_us(run);
            // More than there are cores did not compute at once: the clock is too coarse to show how they took turns.
            let told = !mode.one_core() && tasks > 0.0 && tasks <= f64::from(self.on.cores_for(mode));
            told.then_some((mode, tasks))
        };
        self.modes().filter_map(at_once).max_by(|a, b| a.1.total_cmp(&b.1))
    }
}
