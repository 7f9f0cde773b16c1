//! The arguments as a result carries them: a map of numbers, but for the modes, a list, and the plan, a text.

use super::{Args, CONTROLS};
use serde::de::{Deserialize, Deserializer, MapAccess, SeqAccess, Visitor};
use serde::ser::{Serialize, SerializeMap, Serializer};
use std::fmt;

impl Serialize for Args {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(None)?;
        for control in &CONTROLS {
            map.serialize_entry(control.name, &(control.get)(self))?;
        }
        map.serialize_entry("modes", &self.modes.iter().map(|mode| mode.slug()).collect::<Vec<_>>())?;
        if let Some(plan) = &self.plan {
            map.serialize_entry("plan", &plan.to_string())?;
        }
        map.end()
    }
}

/// What is missing or wrong is as in a URL without it.
impl<'de> Deserialize<'de> for Args {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Args, D::Error> {
        deserializer.deserialize_map(ArgsVisitor)
    }
}

struct ArgsVisitor;

impl<'de> Visitor<'de> for ArgsVisitor {
    type Value = Args;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the arguments of a lab")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Args, A::Error> {
        let mut query = String::new();
        while let Some((name, Text(value))) = map.next_entry::<String, Text>()? {
            // What separates a plan's tasks would read as a space.
            query = query + &name + "=" + &value.replace('+', "%2B") + "&";
        }
        Ok(Args::from_query(&query).0)
    }
}

/// A value as a URL has it; empty if a URL cannot.
struct Text(String);

impl<'de> Deserialize<'de> for Text {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Text, D::Error> {
        deserializer.deserialize_any(TextVisitor)
    }
}

struct TextVisitor;

impl<'de> Visitor<'de> for TextVisitor {
    type Value = Text;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an argument of a lab")
    }

    fn visit_bool<E>(self, value: bool) -> Result<Text, E> {
        Ok(Text(value.to_string()))
    }

    fn visit_i64<E>(self, value: i64) -> Result<Text, E> {
        Ok(Text(value.to_string()))
    }

    fn visit_u64<E>(self, value: u64) -> Result<Text, E> {
        Ok(Text(value.to_string()))
    }

    fn visit_f64<E>(self, value: f64) -> Result<Text, E> {
        Ok(Text(value.to_string()))
    }

    fn visit_str<E>(self, value: &str) -> Result<Text, E> {
        Ok(Text(value.to_owned()))
    }

    fn visit_unit<E>(self) -> Result<Text, E> {
        Ok(Text(String::new()))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<Text, A::Error> {
        let mut texts = Vec::new();
        while let Some(Text(text)) = list.next_element()? {
            texts.push(text);
        }
        Ok(Text(texts.join(",")))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Text, A::Error> {
        while map.next_entry::<Text, Text>()?.is_some() {}
        Ok(Text(String::new()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use serde_json::{Value, from_value, json, to_value};

    #[test]
    fn arguments_have_the_contracts_form() {
        let args = Args::from_query("tasks=3&modes=pool,sequential&plan=s5%2Bc7*2").0;
        let value = to_value(&args).unwrap();
        assert_eq!((&value["sleep"], &value["modes"]), (&json!(args.sleep), &json!(["sequential", "pool"])));
        assert_eq!(from_value::<Args>(value).unwrap(), args);
    }

    #[test]
    fn what_is_wrong_is_as_if_it_were_not_there() {
        let wrong = json!({ "tasks": 5, "sleep": "soon", "cpu": null, "pool": { "a": [1, {}] }, "modes": "threads", "new": [true, -1, 0.5] });
        let args: Args = from_value(wrong).unwrap();
        assert_eq!(args, Args::from_query("tasks=5&modes=threads").0);
        assert!(from_value::<Args>(json!(5)).is_err());
    }

    proptest! {
        #[test]
        fn any_arguments_read_back(numbers in prop::collection::vec(0_u32..3_000, 8), plan in prop::option::of("[sc][0-9]{1,3}(\\+[sc][0-9]{1,3}){0,3}")) {
            let mut query: String = CONTROLS.iter().zip(&numbers).map(|(control, number)| format!("{}={number}&", control.name)).collect();
            if let Some(plan) = plan {
                query += &format!("plan={}", plan.replace('+', "%2B"));
            }
            let args = Args::from_query(&query).0;
            let value: Value = to_value(&args).unwrap();
            prop_assert_eq!(from_value::<Args>(value).unwrap(), args);
        }
    }
}
