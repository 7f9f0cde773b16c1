//! `race`: the same additions in several ways, which take turns, repeat by repeat.

mod adding;
mod processes;
mod slow;
mod team;

use crate::lab::{Child, Measure};
use crate::stage::Stage;
use adding::{Memory, Nobody, Part, add};
use interleave_labs::lab::Measured;
use interleave_labs::race::{Args, Bout, Data, Race, Remedy, Trial, so_far};
use interleave_threads::{Cancel, Error, now_us, unblock};
use processes::{Crew, Task};
use std::sync::Arc;
use team::{Table, Team};

/// Unmeasured repeats, until the code is compiled and the cores awake.
const WARM_UPS: u32 = 3;
/// A thread's most additions in each of them.
const WARM_UP_ADDS: u32 = 50_000;
/// The least time between two updates of the figures, in microseconds.
const SHOW_US: u64 = 200_000;
/// The share of the whole that is done before slow motion, and after it.
const READY_SHARE: f64 = 0.05;
const SLOW_SHARE: f64 = 0.15;
/// About how many times the machine is probed between repeats.
const LOOKS: u32 = 4;

impl Measure for Race {
    async fn measure(args: &Args, stage: &Stage) -> Result<Measured<Data>, Error> {
        stage.step("Getting ready", 0.0).await?;
        let kernel = stage.kernel().await?;
        let mut field = Field::of(args, stage).await?;

        stage.step("Slow motion", READY_SHARE).await?;
        let slow_us = slow::addition_us(stage.host.timer_us);
        let window = kernel.iterations(slow_us.into());
        let (mut data, mut runs) = (Data { slow_us, trials: Vec::new() }, Vec::new());
        for remedy in field.remedies.clone() {
            if let Some(who) = field.who(remedy) {
                let (slow_counted, run) = slow::run(remedy, args.threads, window, who, stage).await?;
                data.trials.push(Trial { remedy, slow_counted, bouts: Vec::new() });
                runs.push(run);
            }
        }

        stage.step("Warming up", SLOW_SHARE).await?;
        for _ in 0..WARM_UPS {
            field.round(args.adds.min(WARM_UP_ADDS)).await?;
        }
        let mut shown_us = now_us();
        for done in 0..args.repeats {
            let label = format!("Repeat {} of {}", done + 1, args.repeats);
            let share = SLOW_SHARE + (1.0 - SLOW_SHARE) * f64::from(done) / f64::from(args.repeats);
            if done.is_multiple_of(args.repeats.div_ceil(LOOKS)) {
                stage.step(&label, share).await?;
            } else {
                stage.advance(&label, share);
            }
            let bouts = field.round(args.adds).await?;
            for (trial, bout) in data.trials.iter_mut().zip(bouts) {
                trial.bouts.push(bout);
            }
            if now_us() >= shown_us + SHOW_US {
                for (place, figure) in so_far(args, &stage.host, &data) {
                    stage.show(place, figure);
                }
                shown_us = now_us();
            }
        }
        stage.measured(runs, data).await
    }

    async fn child(message: &[u8], child: &Child<'_>) {
        processes::child(message, child).await;
    }
}

/// Who adds, and in which ways.
struct Field<'a> {
    args: &'a Args,
    cancel: Arc<Cancel>,
    /// The remedies that can run here, in order.
    remedies: Vec<Remedy>,
    /// Only if a remedy needs it.
    team: Option<Team>,
    crew: Option<Crew>,
}

impl<'a> Field<'a> {
    /// Starts the threads and processes that `args` ask for.
    async fn of(args: &'a Args, stage: &Stage) -> Result<Field<'a>, Error> {
        let runs_here = |remedy: &Remedy| stage.shared_memory() || !remedy.needs_shared_memory();
        let remedies: Vec<Remedy> = args.remedies.iter().copied().filter(runs_here).collect();
        let cancel = stage.cancel.clone();
        let (mut team, mut crew) = (None, None);
        if remedies.iter().any(|remedy| *remedy != Remedy::Processes) {
            stage.probe_cores().await?;
            team = Some(Team::start(args.threads, &cancel).await?);
        }
        if remedies.contains(&Remedy::Processes) {
            crew = Some(Crew::start(args.threads, &cancel).await?);
        }
        Ok(Field { args, cancel, remedies, team, crew })
    }

    fn who(&mut self, remedy: Remedy) -> Option<Who<'_>> {
        match remedy {
            Remedy::Processes => self.crew.as_mut().map(Who::Processes),
            _ => self.team.as_ref().map(Who::Threads),
        }
    }

    /// One bout of each remedy, in order.
    async fn round(&mut self, adds: u32) -> Result<Vec<Bout>, Error> {
        let window = u64::from(self.args.window);
        let mut bouts = Vec::new();
        if let Some(team) = &self.team {
            let (table, cancel, threads) = (team.table(), self.cancel.clone(), self.args.threads);
            let mut remedies = self.remedies.clone();
            remedies.retain(|remedy| *remedy != Remedy::Processes);
            let part = move |remedy| Part { remedy, thread: 0, threads, adds, window };
            let all = move || remedies.into_iter().map(|remedy| bout(part(remedy), &table, &cancel)).collect();
            let measured: Result<Vec<Bout>, Error> = unblock(all).await?;
            bouts = measured?;
        }
        if let Some(crew) = &mut self.crew {
            let answers = crew.answers(Task { adds, window, slow: false }, &self.cancel).await?;
            let place = self.remedies.iter().position(|remedy| *remedy == Remedy::Processes).unwrap_or(bouts.len());
            bouts.insert(place, processes::bout(&answers));
        }
        Ok(bouts)
    }
}

/// Whoever adds for one remedy.
enum Who<'a> {
    Threads(&'a Team),
    Processes(&'a mut Crew),
}

/// All threads do `part`, each with its own number.
fn bout(part: Part, table: &Table, cancel: &Arc<Cancel>) -> Result<Bout, Error> {
    let memory = Arc::new(Memory::default());
    let (shared, cancel) = (memory.clone(), cancel.clone());
    let stints = table.run(move |thread| add(Part { thread, ..part }, &shared, &cancel, &mut Nobody))?;
    let took_us = stints.iter().map(|stint| stint.end_us).max().unwrap_or(0);
    Ok(Bout { counted: memory.counted(part.remedy), took_us, stints })
}

#[cfg(test)]
mod tests {
    use super::*;
    use interleave_threads::block_on;
    use std::time::Duration;

    fn part(remedy: Remedy, threads: u32, adds: u32) -> Part {
        Part { remedy, thread: 0, threads, adds, window: 3 }
    }

    #[test]
    fn one_thread_counts_right_in_every_way() {
        for remedy in Remedy::ALL {
            let memory = Memory::default();
            add(part(remedy, 1, 1_000), &memory, &Cancel::default(), &mut Nobody).unwrap();
            assert_eq!(memory.counted(remedy), 1_000, "{}", remedy.slug());
        }
    }

    #[test]
    fn a_stop_ends_every_thread_and_not_only_the_wait_for_them() {
        for remedy in Remedy::ALL {
            let cancel = Arc::<Cancel>::default();
            let team = block_on(Team::start(16, &cancel)).unwrap();
            let memory = Arc::new(Memory::default());
            let at_work = Arc::downgrade(&memory);
            let (stopper, stop) = (cancel.clone(), cancel.clone());
            std::thread::spawn(move || {
                std::thread::sleep(Duration::from_millis(20));
                stopper.stop();
            });
            let stopped = team
                .table()
                .run(move |thread| add(Part { thread, ..part(remedy, 16, u32::MAX) }, &memory, &stop, &mut Nobody));
            assert_eq!(stopped, Err(Error::Stopped), "{}", remedy.slug());
            let stopped_us = now_us();
            drop(team);
            // Each thread drops its part of the work when it ends.
            while at_work.upgrade().is_some() {
                assert!(now_us() < stopped_us + 10_000_000, "{}", remedy.slug());
                std::thread::sleep(Duration::from_micros(200));
            }
        }
    }
}
