//! What a measurement shows: each fact is computed from the arguments, the host and the traces, and none is there that they do not bear
//! out. How a fact is said is in [`super::findings`].

use super::analysis::{Loss, Resources, Work, slept_us};
use super::standing::{Alike, Pace, Standing, counts, sequential, step_us, wall_us};
use super::{Args, Mode};
use crate::result::{Host, Run};
use interleave_trace::State;

/// A loss is worth a word from this part of a run on.
const NOTICEABLE: f64 = 0.08;
/// What is nearly all of the work: all of it is at most so many times as much.
const NEARLY: f64 = 1.1;
/// Work is a mix if each of sleep and computing is at least this part of it.
pub(super) const MIXED: f64 = 0.25;
/// So many facts are for the page's main sentences, at most; the others are each about one mode.
const MAIN: usize = 4;

/// Something that is so.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Fact {
    /// Which mode was fastest.
    Standing(Standing),
    /// The only mode that ran, and its time in microseconds.
    Alone(Mode, f64),
    /// These modes have another checksum than most, or there is none that most have: they are compared with no other.
    OtherWork(Vec<Mode>),
    /// In one mode, tasks slept at the same time.
    Overlap {
        /// The mode in which most did; of those that use one core, if there are some.
        mode: Mode,
        /// Whether it uses one core.
        one_core: bool,
        /// How long its tasks slept together, in microseconds.
        slept_us: f64,
        /// For how long at least one of them slept, in microseconds.
        took_us: f64,
    },
    /// Computing needs cores, and no mode was faster than that lets it be.
    Computing {
        /// All computing asked for, in microseconds.
        cpu_us: f64,
        /// Whether only modes that use several cores were faster than sequential, though others ran.
        several_only: bool,
    },
    /// What the work consists of, where neither of these is told.
    Work {
        /// All sleep asked for, in microseconds.
        sleep_us: f64,
        /// All computing asked for, in microseconds.
        cpu_us: f64,
    },
    /// Who lost much; [`Took`] tells what to.
    Lost {
        /// The fastest mode, if it stands out and lost much, but not most.
        first: Option<Mode>,
        /// The one that lost most.
        most: Mode,
    },
    /// What one mode took.
    Took(Took),
    /// How often tasks took turns, and how many microseconds that took in all.
    Switches(Mode, u64, f64),
    /// How many tasks computed at once on average, in the mode in which most did.
    AtOnce(Mode, f64),
}

impl Fact {
    /// What a mode lost, if it is much and this tells it.
    fn loss(&self) -> Option<(Mode, &Loss)> {
        match self {
            Fact::Took(took) => Some((took.mode, took.loss()?)),
            _ => None,
        }
    }

    /// The shortest time in which the mode called `slug` could do the work, in whole microseconds, if this tells it.
    pub(super) fn bound_us(&self, slug: &str) -> Option<u64> {
        match self {
            Fact::Took(took) if took.mode.slug() == slug => took.bound.as_ref().map(|bound| bound.us.round() as u64),
            _ => None,
        }
    }
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

impl Took {
    /// What the mode lost, if that is worth a word.
    pub(super) fn loss(&self) -> Option<&Loss> {
        self.bound.as_ref()?.loss.as_ref()
    }
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

/// Each fact, what matters most first: who won; what forbids a comparison; why; what was lost; then what each mode took.
pub(super) fn facts(args: &Args, host: &Host, runs: &[Run]) -> Vec<Fact> {
    let on = Resources { cores: host.cores, workers: args.pool };
    let about = About { step_us: step_us(host), on, work: Work::of(args), runs };
    let at_once = about.at_once();
    let (mut of_modes, mut others) = (vec![], vec![]);
    for (mode, run) in about.modes() {
        of_modes.push(Fact::Took(about.took(mode, run)));
        if run.context_switches > 0 {
            of_modes.push(Fact::Switches(mode, run.context_switches, run.switch_us as f64));
        }
        if let Some((_, tasks)) = at_once.filter(|(of, _)| *of == mode) {
            of_modes.push(Fact::AtOnce(mode, tasks));
        }
        if !counts(run, runs) {
            others.push(mode);
        }
    }
    let (mut facts, mut stands_out) = (vec![], None);
    if let Some(standing) = Standing::of(runs, about.step_us) {
        stands_out = (standing.alike == Alike::Some).then_some(standing.fastest);
        facts.push(Fact::Standing(standing));
    }
    if let [only] = runs
        && let Some(Fact::Took(took)) = of_modes.first()
    {
        facts.push(Fact::Alone(took.mode, wall_us(only)));
    }
    if !others.is_empty() {
        facts.push(Fact::OtherWork(others));
    }
    if !of_modes.is_empty() {
        about.why_so(&mut facts);
    }
    if let Some((most, _)) = most_lost(&of_modes) {
        let much =
            |mode: &Mode| *mode != most && of_modes.iter().any(|fact| fact.loss().is_some_and(|it| it.0 == *mode));
        facts.push(Fact::Lost { first: stands_out.filter(much), most });
    }
    facts.truncate(MAIN);
    facts.append(&mut of_modes);
    facts
}

/// The mode that lost most, and how much, in microseconds.
fn most_lost(facts: &[Fact]) -> Option<(Mode, f64)> {
    let losses = facts.iter().filter_map(|fact| fact.loss().map(|(mode, loss)| (mode, loss.total_us)));
    losses.rev().max_by(|a, b| a.1.total_cmp(&b.1))
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

    /// Why it came like that: what the work consists of, and what that means.
    fn why_so(&self, facts: &mut Vec<Fact>) {
        let (all_us, sleep_us, cpu_us) = (self.work.all_us(), self.work.sleep_us(), self.work.cpu_us());
        let before = facts.len();
        if sleep_us >= all_us * MIXED {
            facts.extend(self.overlap());
        }
        let counting = || self.modes().filter(|(_, run)| counts(run, self.runs));
        let possible = |(mode, run): (Mode, &Run)| wall_us(run) * f64::from(self.on.cores_for(mode)) >= cpu_us;
        // Where one was faster, the core is faster than it was when the kernel was measured, or there are more of them.
        if cpu_us > 0.0 && cpu_us >= all_us * MIXED && counting().all(possible) {
            facts.push(Fact::Computing { cpu_us, several_only: self.several_only() });
        }
        if facts.len() == before && all_us > 0.0 {
            facts.push(Fact::Work { sleep_us, cpu_us });
        }
    }

    /// Where sleep overlapped most, if it did.
    fn overlap(&self) -> Option<Fact> {
        let counting = self.modes().filter(|(_, run)| counts(run, self.runs));
        let overlap = |(mode, run): (Mode, &Run)| {
            let (slept_us, took_us) = slept_us(&run.spans);
            let (one_core, overlaps) = (self.on.cores_for(mode) == 1, Pace::of(took_us, slept_us, self.step_us));
            (overlaps == Pace::Faster).then_some((one_core, slept_us / took_us, mode, slept_us, took_us))
        };
        let most = counting.filter_map(overlap).max_by(|a, b| a.0.cmp(&b.0).then(a.1.total_cmp(&b.1)))?;
        let (one_core, _, mode, slept_us, took_us) = most;
        Some(Fact::Overlap { mode, one_core, slept_us, took_us })
    }

    /// Whether only modes that use several cores were faster than sequential, though others ran.
    fn several_only(&self) -> bool {
        let (mut on_one, mut gained_on_one, mut gained_on_several) = (false, false, false);
        for (mode, run) in self.modes() {
            let Some((pace, _)) = self.beside_sequential(mode, run) else { continue };
            let (one, gained) = (self.on.cores_for(mode) == 1, pace == Pace::Faster);
            on_one |= one;
            gained_on_one |= gained && one;
            gained_on_several |= gained && !one;
        }
        on_one && !gained_on_one && gained_on_several
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
