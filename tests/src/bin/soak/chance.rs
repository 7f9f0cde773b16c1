//! What is left to chance: labs, settings, and what happens when during a run.

use super::LIMIT_MS;
use fastrand::Rng;
use interleave_labs::control::{Control, Kind};
use interleave_labs::{Entry, LABS, Value, Values};
use serde_json::json;

/// The same seed gives the same choices.
pub struct Chance(Rng);

impl Chance {
    pub fn new(seed: u64) -> Chance {
        Chance(Rng::with_seed(seed))
    }

    /// Any lab; the first one, which is opened most, as often as all others together.
    pub fn lab(&mut self) -> &'static Entry {
        if self.0.bool() { &LABS[0] } else { &LABS[self.0.usize(0..LABS.len())] }
    }

    /// Settings of a lab.
    pub fn values(&mut self, lab: &Entry) -> Values {
        let sheet = lab.sheet();
        let mut values = Values::defaults(&sheet.controls);
        for control in &sheet.controls {
            if let Some(value) = self.value(control) {
                values.set(control, value);
            }
        }
        values
    }

    /// A setting of a control; small numbers more often than large ones, or few runs would end by themselves.
    fn value(&mut self, control: &Control) -> Option<Value> {
        match &control.kind {
            Kind::Number(number) => {
                let part = self.0.f64().powi(4);
                let whole = f64::from(number.max - number.min);
                Some(Value::Number(number.min + (part * whole).round() as u32))
            }
            Kind::Choice { options, .. } => self.0.choice(options).map(|option| Value::Choice(option.slug.clone())),
            Kind::Ticks(options) => {
                let some: Vec<_> = options.iter().filter(|_| self.0.u8(0..3) == 0).map(|it| it.slug.clone()).collect();
                (!some.is_empty()).then_some(Value::Ticks(some))
            }
            Kind::Plan { .. } | Kind::Text { .. } => None,
        }
    }

    /// What happens during a run, for `run.js`; `values` become those of the run after it.
    pub fn plan(&mut self, lab: &Entry, values: &mut Values) -> serde_json::Value {
        let mut actions = Vec::new();
        let sheet = lab.sheet();
        for control in &sheet.controls {
            if self.0.u8(0..3) > 0 {
                continue;
            }
            let at = self.0.u64(0..400);
            match (&control.kind, self.value(control)) {
                (Kind::Number(_), Some(Value::Number(number))) => {
                    actions.push(json!({ "at_ms": at, "kind": "number", "name": control.name, "value": number }));
                    values.set(control, Value::Number(number));
                }
                (Kind::Ticks(options), Some(Value::Ticks(some))) => {
                    // Boxes are ticked before others are cleared: the last one cannot be.
                    let mut boxes: Vec<_> = options.iter().map(|it| (some.contains(&it.slug), &it.slug)).collect();
                    boxes.sort_by_key(|(ticked, _)| !ticked);
                    actions.extend(boxes.iter().map(|(ticked, slug)| {
                        let name = format!("{}-{slug}", control.name);
                        json!({ "at_ms": at, "kind": "tick", "name": name, "value": ticked })
                    }));
                    values.set(control, Value::Ticks(some));
                }
                _ => {}
            }
        }
        // A third is stopped early, where workers still come up.
        let stop = if self.0.u8(0..3) == 0 { self.0.u64(0..600) } else { self.0.u64(2_000..5_000) };
        actions.push(json!({ "at_ms": stop, "kind": "stop" }));
        json!({ "actions": actions, "limit_ms": LIMIT_MS })
    }
}
