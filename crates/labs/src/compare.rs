//! `compare`: sequential, concurrent or parallel?

mod analysis;
mod findings;
pub mod lesson;
mod mode;
pub mod predict;
mod record;

pub use analysis::with_speedups;
pub use findings::findings;
pub use mode::Mode;

use crate::plan::{Part, Plan, Task};
use crate::query::{self, Pairs, take};
use crate::{Lab, Notice};

/// The lab.
pub const LAB: Lab = Lab { slug: "compare", question: "Sequential, concurrent or parallel?" };

/// Tasks a run may have.
pub const MOST_TASKS: u32 = 64;
/// How long a task may sleep, in milliseconds.
pub const MOST_SLEEP_MS: u32 = 2000;
/// How long a task may compute, in milliseconds.
pub const MOST_CPU_MS: u32 = 500;

/// What the reader asks for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Args {
    /// How many tasks, 1–64; with a plan, as many as it has.
    pub tasks: u32,
    /// How long each sleeps, in milliseconds, 0–2000.
    pub sleep: u32,
    /// How long each then computes alone on one core, in milliseconds, 0–500.
    pub cpu: u32,
    /// By how much the tasks differ, in per cent, 0–100.
    pub jitter: u32,
    /// Workers in the pool, 1–32.
    pub pool: u32,
    /// How long a task may compute before it hands the core on, in milliseconds, 1–100.
    pub quantum: u32,
    /// Which modes run; never empty, in the order of [`Mode::ALL`].
    pub modes: Vec<Mode>,
    /// The seed of the jitter.
    pub seed: u32,
    /// Tasks one by one, instead of `tasks`, `sleep` and `cpu`.
    pub plan: Option<Plan>,
}

/// A numeric argument: the URL, the page's controls and the command line's options all come from this.
#[derive(Clone, Copy, Debug)]
pub struct Control {
    /// Its name in the URL and on the command line.
    pub name: &'static str,
    /// What the page calls it.
    pub label: &'static str,
    /// Its unit; empty for a count.
    pub unit: &'static str,
    /// The smallest value.
    pub min: u32,
    /// The largest value.
    pub max: u32,
    /// The value when none is given.
    pub default: u32,
    /// The slider's step.
    pub step: u32,
    /// What it does, in a sentence.
    pub help: &'static str,
    /// Its value in the arguments.
    pub get: fn(&Args) -> u32,
    /// Sets its value.
    pub set: fn(&mut Args, u32),
}

/// Every numeric argument, in the order of the page.
pub static CONTROLS: [Control; 7] = [
    Control {
        name: "tasks",
        label: "Tasks",
        unit: "",
        min: 1,
        max: MOST_TASKS,
        default: 8,
        step: 1,
        help: "How many tasks there are to do.",
        get: |args| args.tasks,
        set: |args, value| args.tasks = value,
    },
    Control {
        name: "sleep",
        label: "Sleep",
        unit: "ms",
        min: 0,
        max: MOST_SLEEP_MS,
        default: 200,
        step: 10,
        help: "How long each task first waits, as if for a disk or a network. Waiting needs no core.",
        get: |args| args.sleep,
        set: |args, value| args.sleep = value,
    },
    Control {
        name: "cpu",
        label: "Compute",
        unit: "ms",
        min: 0,
        max: MOST_CPU_MS,
        default: 0,
        step: 5,
        help: "How long each task then computes: what takes this long alone on one core.",
        get: |args| args.cpu,
        set: |args, value| args.cpu = value,
    },
    Control {
        name: "jitter",
        label: "Jitter",
        unit: "%",
        min: 0,
        max: 100,
        default: 0,
        step: 5,
        help: "By how much the tasks differ from each other.",
        get: |args| args.jitter,
        set: |args, value| args.jitter = value,
    },
    Control {
        name: "pool",
        label: "Pool workers",
        unit: "",
        min: 1,
        max: 32,
        default: 8,
        step: 1,
        help: "How many workers the thread pool has.",
        get: |args| args.pool,
        set: |args, value| args.pool = value,
    },
    Control {
        name: "quantum",
        label: "Quantum",
        unit: "ms",
        min: 1,
        max: 100,
        default: 5,
        step: 1,
        help: "How long a task may compute before it must let another one have the core.",
        get: |args| args.quantum,
        set: |args, value| args.quantum = value,
    },
    Control {
        name: "seed",
        label: "Seed",
        unit: "",
        min: 0,
        max: 999_999,
        default: 1,
        step: 1,
        help: "The same seed gives the same jitter.",
        get: |args| args.seed,
        set: |args, value| args.seed = value,
    },
];

impl Default for Args {
    fn default() -> Args {
        let modes = Mode::ALL.to_vec();
        let mut args = Args { tasks: 0, sleep: 0, cpu: 0, jitter: 0, pool: 0, quantum: 0, modes, seed: 0, plan: None };
        for control in &CONTROLS {
            (control.set)(&mut args, control.default);
        }
        args
    }
}

impl Args {
    /// Reads a query string; what cannot be used is corrected and named in a notice. Arguments that are not this lab's
    /// are passed over.
    #[must_use]
    pub fn from_query(query: &str) -> (Args, Vec<Notice>) {
        let (mut pairs, mut notices) = query::pairs(query);
        let args = Args::take(&mut pairs, &mut notices);
        (args, notices)
    }

    pub(crate) fn take(pairs: &mut Pairs, notices: &mut Vec<Notice>) -> Args {
        let mut args = Args::default();
        for control in &CONTROLS {
            if let Some(given) = take(pairs, control.name) {
                (control.set)(&mut args, control.read(&given, notices));
            }
        }
        if let Some(given) = take(pairs, "modes") {
            args.modes = Mode::read_list(&given, notices);
        }
        match take(pairs, "plan").map(|given| (Plan::parse(&given), given)) {
            Some((Ok((plan, corrected)), _)) => {
                notices.extend(corrected);
                args.set_plan(Some(plan));
            }
            Some((Err(why), given)) => {
                let why = format!("is no plan ({why})");
                notices.push(Notice::corrected("plan", &given, &why, "what tasks, sleep and cpu say"));
            }
            None => {}
        }
        args
    }

    /// Gives the tasks one by one, or takes that back.
    pub fn set_plan(&mut self, plan: Option<Plan>) {
        if let Some(plan) = &plan {
            self.tasks = plan.tasks.len() as u32;
        }
        self.plan = plan;
    }

    /// The arguments in the URL's form, beginning with `lab=compare`. Reads back as the same arguments.
    #[must_use]
    pub fn to_query(&self) -> String {
        let mut query = String::from("lab=compare");
        let mut add = |name: &str, value: &str| {
            query.push('&');
            query += name;
            query.push('=');
            query += value;
        };
        for control in CONTROLS.iter().filter(|control| control.name != "seed") {
            add(control.name, &(control.get)(self).to_string());
        }
        if let Some(plan) = &self.plan {
            add("plan", &plan.to_string());
        }
        let modes: Vec<_> = self.modes.iter().map(|mode| mode.slug()).collect();
        add("modes", &modes.join(","));
        add("seed", &self.seed.to_string());
        query
    }

    /// The tasks these arguments ask for, jitter included: the same for the same seed. Each part's length is multiplied by
    /// 1 + jitter · u, with u uniform in [−1, 1).
    #[must_use]
    pub fn task_list(&self) -> Vec<Task> {
        let mut tasks = match &self.plan {
            Some(plan) => plan.tasks.clone(),
            None => {
                let sleep = (self.sleep > 0).then(|| Part::Sleep { us: u64::from(self.sleep) * 1000 });
                let cpu = (self.cpu > 0).then(|| Part::Cpu { us: u64::from(self.cpu) * 1000 });
                vec![Task { parts: sleep.into_iter().chain(cpu).collect() }; self.tasks as usize]
            }
        };
        if self.jitter > 0 {
            let mut random = SplitMix64(u64::from(self.seed));
            for part in tasks.iter_mut().flat_map(|task| &mut task.parts) {
                let u = random.next_unit() * 2.0 - 1.0;
                let factor = 1.0 + f64::from(self.jitter) / 100.0 * u;
                if let Part::Sleep { us } | Part::Cpu { us } = part {
                    *us = (*us as f64 * factor) as u64;
                }
            }
        }
        tasks
    }
}

impl Control {
    /// The nearest valid value to a text, or the default if it is no number.
    fn read(&self, given: &str, notices: &mut Vec<Notice>) -> u32 {
        let mut correct = |value: u32, why: &str| {
            notices.push(Notice::corrected(self.name, given, why, &value.to_string()));
            value
        };
        match query::number(given.trim()) {
            Some(number) if number < f64::from(self.min) => correct(self.min, &format!("is less than {}", self.min)),
            Some(number) if number > f64::from(self.max) => correct(self.max, &format!("is more than {}", self.max)),
            Some(number) if number.fract() != 0.0 => correct(number.round() as u32, "is not a whole number"),
            Some(number) => number as u32,
            None => correct(self.default, "is not a number"),
        }
    }
}

/// A small generator with well-spread output: SplitMix64 (Steele, Lea, Flood, "Fast splittable pseudorandom number
/// generators", 2014).
struct SplitMix64(u64);

impl SplitMix64 {
    /// Uniform in [0, 1).
    fn next_unit(&mut self) -> f64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let z = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        let z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        ((z ^ (z >> 31)) >> 11) as f64 / (1_u64 << 53) as f64
    }
}

#[cfg(test)]
mod tests;
