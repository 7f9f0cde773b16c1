//! The values of a lab's controls: read from a URL, and written to a URL or a result.

use crate::Notice;
use crate::control::{Control, Kind};
use crate::packed;
use crate::plan::Plan;
use crate::query::{Pairs, pairs, take};
use serde::de::{Deserializer, MapAccess, SeqAccess, Visitor};
use serde::ser::{SerializeMap, Serializer};
use serde::{Deserialize, Serialize};
use std::fmt;

/// A control's value.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Value {
    /// Of [`Kind::Number`].
    Number(u32),
    /// Of [`Kind::Choice`]: the option's slug.
    Choice(String),
    /// Of [`Kind::Ticks`]: the options' slugs, in their order; never empty.
    Ticks(Vec<String>),
    /// Of [`Kind::Plan`].
    Plan(Option<Plan>),
    /// Of [`Kind::Text`].
    Text(String),
}

/// A valid value for each control of a lab, in the order of its sheet.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Values(Vec<(String, Value)>);

impl Values {
    /// The default values.
    #[must_use]
    pub fn defaults(controls: &[Control]) -> Values {
        Values(controls.iter().map(|control| (control.name.clone(), control.default_value())).collect())
    }

    /// Reads a query string. A value that cannot be used is corrected and named in a notice; arguments that are not in
    /// `controls` are ignored.
    #[must_use]
    pub fn from_query(controls: &[Control], query: &str) -> (Values, Vec<Notice>) {
        let (mut pairs, mut notices) = pairs(query);
        let values = Values::take(controls, &mut pairs, &mut notices);
        (values, notices)
    }

    /// Takes the controls' values out of `pairs`.
    pub(crate) fn take(controls: &[Control], pairs: &mut Pairs, notices: &mut Vec<Notice>) -> Values {
        let mut values = Values::defaults(controls);
        for control in controls {
            if let Some(given) = take(pairs, &control.name) {
                let value = control.read(&given, notices);
                values.put(control, value);
            }
        }
        values
    }

    /// Sets a control's value; an invalid one is ignored.
    pub fn set(&mut self, control: &Control, value: Value) {
        if control.accepts(&value) {
            self.put(control, value);
        }
    }

    fn put(&mut self, control: &Control, value: Value) {
        if let (Kind::Plan { tasks, .. }, Value::Plan(Some(plan))) = (&control.kind, &value) {
            let count = plan.tasks.len() as u32;
            self.replace(tasks, Value::Number(count));
        }
        self.replace(&control.name, value);
    }

    /// Sets a value that is known to be valid.
    pub(crate) fn replace(&mut self, name: &str, value: Value) {
        if let Some((_, old)) = self.0.iter_mut().find(|(known, _)| known == name) {
            *old = value;
        }
    }

    /// Every control's name and value, in the order of the sheet.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &Value)> {
        self.0.iter().map(|(name, value)| (name.as_str(), value))
    }

    /// The value of the control called `name`.
    #[must_use]
    pub fn get(&self, name: &str) -> Option<&Value> {
        self.iter().find(|(known, _)| *known == name).map(|(_, value)| value)
    }

    /// The number called `name`; 0 if there is none.
    #[must_use]
    pub fn number(&self, name: &str) -> u32 {
        if let Some(Value::Number(number)) = self.get(name) { *number } else { 0 }
    }

    /// The slug of the choice called `name`; empty if there is none.
    #[must_use]
    pub fn choice(&self, name: &str) -> &str {
        if let Some(Value::Choice(slug)) = self.get(name) { slug } else { "" }
    }

    /// The slugs ticked in `name`; none if there is no such control.
    #[must_use]
    pub fn ticks(&self, name: &str) -> &[String] {
        if let Some(Value::Ticks(slugs)) = self.get(name) { slugs } else { &[] }
    }

    /// The plan called `name`, if there is one.
    #[must_use]
    pub fn plan(&self, name: &str) -> Option<&Plan> {
        if let Some(Value::Plan(plan)) = self.get(name) { plan.as_ref() } else { None }
    }

    /// The text called `name`; empty if there is none.
    #[must_use]
    pub fn text(&self, name: &str) -> &str {
        if let Some(Value::Text(text)) = self.get(name) { text } else { "" }
    }

    /// The values as a query string, starting with `lab`. Parsing it gives the same values.
    #[must_use]
    pub fn to_query(&self, lab: &str) -> String {
        self.to_link(lab, &|_| None)
    }

    /// The same, with texts as `packed` says, if it does.
    #[must_use]
    pub fn to_link(&self, lab: &str, packed: &dyn Fn(&str) -> Option<String>) -> String {
        let mut query = format!("lab={lab}");
        for (name, value) in self.arguments(packed) {
            query = query + "&" + name + "=";
            match self.get(name) {
                // What a packed one is made of needs no code.
                Some(Value::Text(_)) if !value.starts_with('~') || value.starts_with("~~") => {
                    query.extend(form_urlencoded::byte_serialize(value.as_bytes()));
                }
                _ => query += &value,
            }
        }
        query
    }

    /// The arguments of a URL, not encoded, texts as `packed` says, if it does. Without a plan, that is left out.
    pub fn arguments(&self, packed: &dyn Fn(&str) -> Option<String>) -> impl Iterator<Item = (&str, String)> {
        self.iter().filter_map(move |(name, value)| {
            let value = match value {
                Value::Number(number) => number.to_string(),
                Value::Choice(slug) => slug.clone(),
                Value::Ticks(slugs) => slugs.join(","),
                Value::Plan(plan) => plan.as_ref()?.to_string(),
                Value::Text(text) => packed(text).unwrap_or_else(|| packed::plain(text).into_owned()),
            };
            Some((name, value))
        })
    }
}

/// Values as in a result: a map to numbers, strings, and lists of strings. Without a plan, that key is left out.
#[derive(Clone, Copy, Debug)]
pub struct AsArguments<'a>(pub &'a Values);

impl Serialize for AsArguments<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(None)?;
        for (name, value) in self.0.iter() {
            match value {
                Value::Number(number) => map.serialize_entry(name, number)?,
                Value::Choice(text) | Value::Text(text) => map.serialize_entry(name, text)?,
                Value::Ticks(slugs) => map.serialize_entry(name, slugs)?,
                Value::Plan(Some(plan)) => map.serialize_entry(name, &plan.to_string())?,
                Value::Plan(None) => {}
            }
        }
        map.end()
    }
}

/// The arguments in a result from an unknown source, as strings: [`Given::values`] reads them as if from a URL.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Given(Pairs);

impl Given {
    /// Valid values of `controls`: what is missing or wrong gets its default.
    #[must_use]
    pub fn values(mut self, controls: &[Control]) -> Values {
        Values::take(controls, &mut self.0, &mut Vec::new())
    }
}

impl<'de> Deserialize<'de> for Given {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Given, D::Error> {
        deserializer.deserialize_map(GivenVisitor)
    }
}

struct GivenVisitor;

impl<'de> Visitor<'de> for GivenVisitor {
    type Value = Given;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the arguments of a lab")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Given, A::Error> {
        let mut pairs = Vec::new();
        while let Some((name, Text(value))) = map.next_entry::<String, Text>()? {
            pairs.push((name, value));
        }
        Ok(Given(pairs))
    }
}

/// A value as in a URL; empty if a URL cannot have it.
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
        Ok(Text(packed::plain(value).into_owned()))
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
    use crate::LABS;
    use crate::control::Syntax;
    use proptest::prelude::*;
    use serde_json::{from_value, json, to_value};

    fn controls() -> Vec<Control> {
        let mut controls = LABS[0].sheet().controls;
        controls.push(Control::new(
            "script",
            "Script",
            Kind::Text { syntax: Syntax::Plain, lines: 9, default: "a = 1\n".into() },
            "Text.",
        ));
        controls
    }

    #[test]
    fn values_have_the_contracts_form() {
        let controls = controls();
        let (values, notices) =
            Values::from_query(&controls, "tasks=3&modes=pool,sequential&plan=s5%2Bc7*2&script=x%20%3D%202%26%0A");
        assert_eq!(notices, []);
        let value = to_value(AsArguments(&values)).unwrap();
        assert_eq!((&value["sleep"], &value["modes"]), (&json!(200), &json!(["sequential", "pool"])));
        assert_eq!((&value["plan"], &value["script"]), (&json!("s5+c7*2"), &json!("x = 2&\n")));
        assert_eq!(from_value::<Given>(value).unwrap().values(&controls), values);
        let query = values.to_query("compare");
        assert!(query.ends_with("&script=x+%3D+2%26%0A"), "{query}");
        assert_eq!(Values::from_query(&controls, &query), (values, vec![]));
    }

    #[test]
    fn what_is_wrong_is_as_if_it_were_not_there() {
        let controls = controls();
        let wrong = json!({ "tasks": 5, "sleep": "soon", "cpu": null, "pool": { "a": [1, {}] }, "modes": "threads", "new": [true, -1, 0.5] });
        let values = from_value::<Given>(wrong).unwrap().values(&controls);
        assert_eq!(values, Values::from_query(&controls, "tasks=5&modes=threads").0);
        assert!(from_value::<Given>(json!(5)).is_err());
    }

    #[test]
    fn a_plan_says_how_many_tasks_there_are_and_a_value_out_of_range_is_not_set() {
        let controls = controls();
        let mut values = Values::defaults(&controls);
        let plan = controls.iter().find(|control| control.name == "plan").unwrap();
        values.set(plan, Value::Plan(Some(Plan::parse("s1*3").unwrap().0)));
        assert_eq!(values.number("tasks"), 3);
        let tasks = controls.iter().find(|control| control.name == "tasks").unwrap();
        values.set(tasks, Value::Number(65));
        values.set(tasks, Value::Text("5".into()));
        assert_eq!(values.number("tasks"), 3);
    }

    proptest! {
        #[test]
        fn no_text_is_lost_in_a_url_or_a_result(text in "~{0,2}\\PC{0,60}|(.|\n){0,60}") {
            let controls = controls();
            let mut values = Values::defaults(&controls);
            values.set(controls.last().unwrap(), Value::Text(text.clone()));
            for query in [values.to_query("compare"), values.to_link("compare", &|text| Some(packed::pack(text)))] {
                prop_assert_eq!(&Values::from_query(&controls, &query), &(values.clone(), vec![]), "{}", query);
            }
            let result = to_value(AsArguments(&values)).unwrap();
            prop_assert_eq!(from_value::<Given>(result).unwrap().values(&controls), values);
        }
    }
}
