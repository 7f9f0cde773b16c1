//! The forms of `--json`.

use interleave_machine::{Machine, Watch};
use serde::ser::{Serialize, SerializeMap, Serializer};

/// Names with values, in their order.
pub struct Named<'a>(pub Vec<(&'a str, i32)>);

impl Serialize for Named<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(Some(self.0.len()))?;
        for (name, value) in &self.0 {
            map.serialize_entry(name, value)?;
        }
        map.end()
    }
}

impl Named<'_> {
    /// Watched places with what they hold.
    pub fn places<'a>(watch: &'a Watch, values: &[i32]) -> Named<'a> {
        Named(watch.places.iter().map(|place| place.name.as_str()).zip(values.iter().copied()).collect())
    }

    /// Watched registers with what they hold.
    pub fn registers<'a>(watch: &Watch, values: &[i32]) -> Named<'a> {
        Named(watch.registers.iter().map(|register| register.name()).zip(values.iter().copied()).collect())
    }
}

/// Memory and registers: one memory if the threads share it, and else one for each of them.
#[derive(serde::Serialize)]
pub struct Values<'a> {
    #[serde(skip_serializing_if = "Option::is_none")]
    memory: Option<Named<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    memories: Option<Vec<Named<'a>>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    threads: Option<Vec<Named<'a>>>,
}

impl Values<'_> {
    /// Of what is watched. Without registers there are no threads.
    pub fn of<'a>(watch: &'a Watch, memories: &[Vec<i32>], registers: &[Vec<i32>]) -> Values<'a> {
        let mut memories: Vec<_> = memories.iter().map(|values| Named::places(watch, values)).collect();
        let shared = if memories.len() == 1 { memories.pop() } else { None };
        let threads: Vec<_> = registers.iter().map(|values| Named::registers(watch, values)).collect();
        Values {
            memory: shared,
            memories: (!memories.is_empty()).then_some(memories),
            threads: (!watch.registers.is_empty()).then_some(threads),
        }
    }

    /// Of a machine as it is.
    pub fn now<'a>(watch: &'a Watch, machine: &Machine) -> Values<'a> {
        let memories: Vec<_> = (0..machine.spaces()).map(|space| watch.memory(machine, space)).collect();
        let registers: Vec<_> = (0..machine.threads()).map(|thread| watch.of_thread(machine, thread)).collect();
        Values::of(watch, &memories, &registers)
    }
}

/// A value as a line of JSON.
pub fn line(value: &impl Serialize) -> Result<String, String> {
    serde_json::to_string(value).map(|text| text + "\n").map_err(|error| error.to_string())
}
