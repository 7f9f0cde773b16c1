//! The arguments of `compare`.

use super::{Mode, sheet};
use crate::Notice;
use crate::plan::{Part, Plan, Task};
use crate::values::{Value, Values};

/// The arguments.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Args {
    /// How many tasks, 1–64; with a plan, as many as it has.
    pub tasks: u32,
    /// How long each sleeps, in milliseconds, 0–2000.
    pub sleep: u32,
    /// How long each then computes alone on one core, in milliseconds, 0–500.
    pub cpu: u32,
    /// How much the tasks differ, in per cent, 0–100.
    pub jitter: u32,
    /// Workers in the pool, 1–32.
    pub pool: u32,
    /// How long a task may compute before it must give up the core, in milliseconds, 1–100.
    pub quantum: u32,
    /// Which modes run; never empty, in the order of [`Mode::ALL`].
    pub modes: Vec<Mode>,
    /// The seed of the jitter.
    pub seed: u32,
    /// The tasks one by one, instead of `tasks`, `sleep` and `cpu`.
    pub plan: Option<Plan>,
}

impl Default for Args {
    fn default() -> Args {
        Args::of(&Values::defaults(&sheet::controls()))
    }
}

impl Args {
    /// Builds the arguments from valid values.
    #[must_use]
    pub fn of(values: &Values) -> Args {
        let number = |name| values.number(name);
        Args {
            tasks: number("tasks"),
            sleep: number("sleep"),
            cpu: number("cpu"),
            jitter: number("jitter"),
            pool: number("pool"),
            quantum: number("quantum"),
            modes: values.ticks("modes").iter().filter_map(|slug| Mode::from_slug(slug)).collect(),
            seed: number("seed"),
            plan: values.plan("plan").cloned(),
        }
    }

    /// Reads a query string. A value that cannot be used is corrected and named in a notice; arguments of other labs
    /// are ignored.
    #[must_use]
    pub fn from_query(query: &str) -> (Args, Vec<Notice>) {
        let (values, notices) = Values::from_query(&sheet::controls(), query);
        (Args::of(&values), notices)
    }

    /// The control values for these arguments.
    #[must_use]
    pub fn values(&self) -> Values {
        let controls = sheet::controls();
        let mut values = Values::defaults(&controls);
        for control in &controls {
            let value = match control.name.as_str() {
                "tasks" => Value::Number(self.tasks),
                "sleep" => Value::Number(self.sleep),
                "cpu" => Value::Number(self.cpu),
                "jitter" => Value::Number(self.jitter),
                "pool" => Value::Number(self.pool),
                "quantum" => Value::Number(self.quantum),
                "seed" => Value::Number(self.seed),
                "plan" => Value::Plan(self.plan.clone()),
                _ => Value::Ticks(self.modes.iter().map(|mode| mode.slug().to_owned()).collect()),
            };
            values.set(control, value);
        }
        values
    }

    /// The arguments as a query string, starting with `lab`. Parsing it gives the same arguments.
    #[must_use]
    pub fn to_query(&self) -> String {
        self.values().to_query(super::SLUG)
    }

    /// Sets the tasks one by one, or goes back to `tasks`, `sleep` and `cpu`.
    pub fn set_plan(&mut self, plan: Option<Plan>) {
        if let Some(plan) = &plan {
            self.tasks = plan.tasks.len() as u32;
        }
        self.plan = plan;
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

/// A small generator of well-distributed numbers: SplitMix64 (Steele, Lea, Flood, "Fast splittable pseudorandom number
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
