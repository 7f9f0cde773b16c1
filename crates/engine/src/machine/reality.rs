//! Model meets reality: real threads carry out the program's instructions, each with registers of its own, on one shared memory. Loads,
//! stores and swaps are real ones of the hardware, sequentially consistent; who comes first is up to the machine.

use crate::stage::Stage;
use interleave_labs::machine::{Args, Loaded, Real, Seen};
use interleave_machine::{Cells, Event, Machine, PAGE, Watch, Write};
use interleave_threads::{AtWork, Cancel, Error, JoinHandle, now_us, prestart, spawn, unblock};
use std::hint::spin_loop;
use std::sync::Arc;
use std::sync::atomic::{AtomicI32, AtomicU32, Ordering};
use std::thread::yield_now;

/// A thread that has done so many instructions in one run goes on and on: it is given up, and so is the run.
const ENDLESS: u32 = 20_000;
/// How many runs there are between two times that progress is told.
const PORTION: u32 = 500;
/// How many instructions there are between two looks at the cancel word.
const LOOK: u32 = 256;
/// How long a thread waits for the others, in microseconds.
const PATIENCE_US: u64 = 5_000_000;
/// How long all of it may take, in microseconds.
const MOST_US: u64 = 8_000_000;
/// The longest pauses, in turns of an empty loop: before the first instruction, and before one of the others.
const PAUSES: [u32; 2] = [60, 400];
/// Before which of the first instructions the second pause may be.
const WITHIN: u32 = 12;

/// A memory of real, shared cells.
struct Shared {
    cells: Vec<AtomicI32>,
    /// How many times threads have come to the start of a run, and to its end.
    starts: AtomicU32,
    ends: AtomicU32,
    /// In which run a thread was last given up, or failed, counted from 1.
    unfinished: AtomicU32,
    failed: AtomicU32,
}

/// Runs the program as often as the arguments say, in portions, as long as there is time.
pub(super) async fn measure(args: &Args, loaded: Loaded, stage: &Stage) -> Result<Real, Error> {
    let threads = loaded.machine.threads() as u32;
    let mut real = Real::default();
    let (start_us, mut seed) = (now_us(), 1);
    while real.runs < args.times && now_us() < start_us + MOST_US {
        let share = f64::from(real.runs) / f64::from(args.times);
        stage.advance("Real threads", super::EXPLORED + (1.0 - super::EXPLORED) * share);
        prestart(threads).await?;
        let runs = PORTION.min(args.times - real.runs);
        let (args, cancel) = (args.clone(), stage.cancel.clone());
        let portion = unblock(move || portion(&args, runs, seed, &cancel)).await??;
        add(&mut real, portion);
        seed += 1;
    }
    real.seen.sort_by(|one, other| (one.failed, &one.memory).cmp(&(other.failed, &other.memory)));
    Ok(real)
}

/// Adds more runs to those before.
fn add(real: &mut Real, more: Real) {
    real.runs += more.runs;
    real.unfinished += more.unfinished;
    for seen in more.seen {
        match real.seen.iter_mut().find(|known| (known.failed, &known.memory) == (seen.failed, &seen.memory)) {
            Some(known) => known.count += seen.count,
            None => real.seen.push(seen),
        }
    }
}

/// So many runs by threads of their own, one of which is this one.
fn portion(args: &Args, runs: u32, seed: u32, cancel: &Arc<Cancel>) -> Result<Real, Error> {
    // Each thread loads the program for itself: only the memory is shared.
    let Ok(loaded) = args.load() else { return Ok(Real::default()) };
    let (threads, size) = (loaded.machine.threads() as u32, loaded.machine.memory().size());
    let mut cells = Vec::new();
    cells.try_reserve_exact(size as usize).map_err(|_| Error::Memory("the threads’ memory".to_owned()))?;
    cells.resize_with(size as usize, || AtomicI32::new(0));
    let zero = || AtomicU32::new(0);
    let shared = Arc::new(Shared { cells, starts: zero(), ends: zero(), unfinished: zero(), failed: zero() });
    let part = |thread| Part { thread, threads, runs, seed, shared: shared.clone(), cancel: cancel.clone() };
    let others: Result<Vec<JoinHandle<_>>, Error> = (1..threads)
        .map(|thread| {
            let (part, args) = (part(thread), args.clone());
            spawn(false, move || args.load().map_or(Ok(Real::default()), |loaded| part.all(&loaded)))
        })
        .collect();
    let real = part(0).all(&loaded);
    for other in others? {
        other.join()??;
    }
    real
}

/// One thread's part.
struct Part {
    thread: u32,
    threads: u32,
    runs: u32,
    seed: u32,
    shared: Arc<Shared>,
    cancel: Arc<Cancel>,
}

impl Part {
    /// All runs. Thread 0 looks at what they come to.
    fn all(&self, loaded: &Loaded) -> Result<Real, Error> {
        let _at_work = AtWork::begin();
        let mut chance = Chance(self.seed.wrapping_mul(0x9e37_79b9) ^ (self.thread + 1).wrapping_mul(0x85eb_ca6b) | 1);
        let mut real = Real::default();
        let mut written = Vec::new();
        for run in 0..self.runs {
            self.meet(&self.shared.starts)?;
            self.run(&loaded.machine, run + 1, &mut chance, &mut written)?;
            self.meet(&self.shared.ends)?;
            if self.thread == 0 {
                self.look(run + 1, &loaded.watch, &mut real);
            }
            self.meet(&self.shared.starts)?;
            for address in written.drain(..) {
                self.shared.cells[address as usize].store(0, Ordering::SeqCst);
            }
            self.meet(&self.shared.ends)?;
        }
        Ok(real)
    }

    /// Runs the program once.
    fn run(&self, machine: &Machine, run: u32, chance: &mut Chance, written: &mut Vec<u32>) -> Result<(), Error> {
        let thread = self.thread as usize;
        let mut context = *machine.context(thread);
        let mut surroundings = machine.on(thread, Real32 { cells: &self.shared.cells, written });
        let (before, later, when) = (chance.up_to(PAUSES[0]), chance.up_to(PAUSES[1]), chance.up_to(WITHIN));
        pause(before);
        for done in 0..ENDLESS {
            if done == when {
                pause(later);
            }
            match surroundings.execute(&mut context).event {
                Event::Ran => {}
                Event::Yielded => yield_now(),
                Event::Halted => return Ok(()),
                Event::Faulted(_) => {
                    self.shared.failed.store(run, Ordering::SeqCst);
                    return Ok(());
                }
            }
            if done % LOOK == LOOK - 1 {
                self.cancel.check()?;
                // Of a process whose thread has failed, all end; and nobody waits for one that was given up.
                let over = |word: &AtomicU32| word.load(Ordering::Relaxed) == run;
                if over(&self.shared.failed) || over(&self.shared.unfinished) {
                    return Ok(());
                }
                // Whom this one waits for may have no core.
                yield_now();
            }
        }
        self.shared.unfinished.store(run, Ordering::SeqCst);
        Ok(())
    }

    /// What a run came to.
    fn look(&self, run: u32, watch: &Watch, real: &mut Real) {
        let is = |word: &AtomicU32| word.load(Ordering::SeqCst) == run;
        let failed = is(&self.shared.failed);
        let mut portion = Real { runs: 1, ..Real::default() };
        if !failed && is(&self.shared.unfinished) {
            portion.unfinished = 1;
        } else {
            let cell = |address: u32| self.shared.cells[address as usize].load(Ordering::SeqCst);
            let memory = watch.places.iter().map(|place| cell(place.address)).collect();
            portion.seen.push(Seen { failed, memory, count: 1 });
        }
        add(real, portion);
    }

    /// Waits until all threads have come here as often as this one: twice in each run.
    fn meet(&self, arrivals: &AtomicU32) -> Result<(), Error> {
        let goal = (arrivals.fetch_add(1, Ordering::SeqCst) + 1).next_multiple_of(self.threads);
        let mut turns = 0_u32;
        let mut until_us = None;
        while arrivals.load(Ordering::SeqCst) < goal {
            turns = turns.wrapping_add(1);
            if turns.is_multiple_of(64) {
                self.cancel.check()?;
                if *until_us.get_or_insert_with(|| now_us() + PATIENCE_US) < now_us() {
                    return Err(Error::Start("threads that run a program together do not meet".to_owned()));
                }
                yield_now();
            }
            spin_loop();
        }
        Ok(())
    }
}

/// Shared cells as one thread sees them, which remembers what it wrote.
struct Real32<'a> {
    cells: &'a [AtomicI32],
    written: &'a mut Vec<u32>,
}

impl Real32<'_> {
    /// Places are remembered once, as far as that is quickly seen: a loop writes to the same ones.
    fn wrote(&mut self, address: u32, before: i32, after: i32) -> Write {
        if !self.written.iter().rev().take(8).any(|known| *known == address) {
            self.written.push(address);
        }
        Write { address, before, after, mapped: false }
    }
}

impl Cells for Real32<'_> {
    fn size(&self) -> u32 {
        self.cells.len() as u32 / PAGE * PAGE
    }

    fn load(&mut self, address: u32) -> i32 {
        self.cells[address as usize].load(Ordering::SeqCst)
    }

    fn store(&mut self, address: u32, value: i32) -> Write {
        // Nothing is undone here: what was there before does not matter.
        self.cells[address as usize].store(value, Ordering::SeqCst);
        self.wrote(address, 0, value)
    }

    fn change(&mut self, address: u32, value: impl Fn(i32) -> i32) -> Write {
        let cell = &self.cells[address as usize];
        let mut before = cell.load(Ordering::SeqCst);
        while let Err(now) = cell.compare_exchange(before, value(before), Ordering::SeqCst, Ordering::SeqCst) {
            before = now;
        }
        self.wrote(address, before, value(before))
    }
}

/// Numbers that look random: Marsaglia's xorshift (J. Stat. Softw. 8(14), 2003).
struct Chance(u32);

impl Chance {
    /// A number from 0 to `most`.
    fn up_to(&mut self, most: u32) -> u32 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 17;
        self.0 ^= self.0 << 5;
        self.0 % (most + 1)
    }
}

fn pause(turns: u32) {
    for _ in 0..turns {
        spin_loop();
    }
}
