//! The page's contract with the outside: its events, and a URL that follows the controls.

use crate::action::{Action, Change, Event};
use crate::packing::packed;
use crate::state::{Line, State};
use interleave_labs::query::Theme;
use interleave_labs::{Value, Values};
use js_sys::{Array, JSON, Object, Reflect};
use wasm_bindgen::prelude::*;
use web_sys::{CustomEvent, CustomEventInit, MessageEvent, Window};

/// Sends an event on the window and, when framed, to the parent.
pub fn emit(event: &Event) {
    let (name, fields) = payload(event);
    send(name, &fields);
}

/// Tells parent and window how high the content is, in CSS pixels.
pub fn emit_height(height: u32) {
    send("interleave:resize", &[("height", height.into())]);
}

/// What the framing page may ask for: run, stop or a theme. What stands around the lab in this page, which `static/boot.js` listens to,
/// may choose a theme or settings, but nobody has it run; `static/editor.js` tells of a line, and of what
/// it has packed. Any other message is not for us.
#[must_use]
pub fn command(event: &MessageEvent) -> Option<Action> {
    let window = web_sys::window()?;
    let source = event.source()?;
    let own = Object::is(&source, &window);
    let heard = own || Object::is(&source, window.parent().ok()??.as_ref());
    let field = |name: &str| Reflect::get(&event.data(), &name.into()).ok()?.as_string();
    let name = field("type").filter(|_| heard)?;
    if own && name == "interleave:line" {
        let line = field("line")?.parse().ok()?;
        return Some(Action::Line(Some(Line::Text(line)).filter(|_| line > 0)));
    }
    if own && name == "interleave:packed" {
        return Some(Action::Packed);
    }
    command_of(own, &name, field("theme").as_deref(), field("query"))
}

fn command_of(own: bool, name: &str, theme: Option<&str>, query: Option<String>) -> Option<Action> {
    match name {
        "interleave:run" if !own => Some(Action::Run),
        "interleave:stop" if !own => Some(Action::Stop),
        "interleave:theme" => Theme::ALL.into_iter().find(|known| Some(known.name()) == theme).map(Action::Theme),
        "interleave:apply" if own => query.map(|query| Action::Change(Change::Apply(query))),
        _ => None,
    }
}

/// An event's data: names and values.
type Fields = Vec<(&'static str, JsValue)>;

/// An event's name and data.
fn payload(event: &Event) -> (&'static str, Fields) {
    match event {
        Event::Ready => ("interleave:ready", vec![]),
        Event::Started(values) => ("interleave:started", vec![("args", args(values).into())]),
        Event::Result(outcome) => {
            // The engine has written it.
            let result = JSON::parse(&outcome.report.result).unwrap_or_default();
            ("interleave:result", vec![("result", result)])
        }
        Event::Error(code, message) => {
            ("interleave:error", vec![("code", code.name().into()), ("message", message.into())])
        }
    }
}

/// Values as in a result.
fn args(values: &Values) -> Object {
    let object = Object::new();
    for (name, value) in values.iter() {
        let value: JsValue = match value {
            Value::Number(number) => (*number).into(),
            Value::Choice(text) | Value::Text(text) => text.into(),
            Value::Ticks(slugs) => slugs.iter().map(JsValue::from).collect::<Array>().into(),
            Value::Plan(Some(plan)) => plan.to_string().into(),
            Value::Plan(None) => continue,
        };
        // A plain object accepts any field.
        let _ = Reflect::set(&object, &name.into(), &value);
    }
    object
}

/// The URL's query for a state.
#[must_use]
pub fn query(state: &State) -> String {
    format!("?{}{}", state.values.to_link(&state.sheet.slug, &packed), state.flags.to_query())
}

/// Puts `query` into the address bar without a new entry in the history.
pub fn follow_url(query: &str) {
    if let Some(history) = web_sys::window().and_then(|window| window.history().ok()) {
        // A sandboxed frame may refuse; the page works without it.
        let _ = history.replace_state_with_url(&JsValue::NULL, "", Some(query));
    }
}

fn send(name: &str, fields: &[(&'static str, JsValue)]) {
    if let Some(window) = web_sys::window() {
        // A failing listener or parent must not stop the page.
        let _ = try_send(&window, name, fields);
    }
}

fn try_send(window: &Window, name: &str, fields: &[(&'static str, JsValue)]) -> Result<(), JsValue> {
    let detail = Object::new();
    for (field, value) in fields {
        Reflect::set(&detail, &(*field).into(), value)?;
    }
    let init = CustomEventInit::new();
    init.set_detail(&detail);
    window.dispatch_event(CustomEvent::new_with_event_init_dict(name, &init)?.as_ref())?;
    let framed = window.parent()?.filter(|parent| parent != window);
    if let Some(parent) = framed {
        let message = Object::new();
        Reflect::set(&message, &"type".into(), &name.into())?;
        // Any origin may receive this: an event has nothing that is not on the page.
        parent.post_message(&Object::assign(&message, &detail), "*")?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::handle::Handle;
    use crate::place::{Place, Why};
    use interleave_labs::LABS;
    use interleave_labs::result::Memory;

    const SHARED: Place = Place { memory: Memory::Shared, why: Why::Isolated };

    #[test]
    fn a_parent_may_run_stop_and_colour() {
        assert_eq!(command_of(false, "interleave:run", None, None), Some(Action::Run));
        assert_eq!(command_of(false, "interleave:stop", None, None), Some(Action::Stop));
        assert_eq!(command_of(false, "interleave:theme", Some("dark"), None), Some(Action::Theme(Theme::Dark)));
        for (name, theme) in
            [("interleave:theme", Some("pink")), ("interleave:theme", None), ("interleave:result", None), ("run", None)]
        {
            assert_eq!(command_of(false, name, theme, None), None, "{name} {theme:?}");
        }
    }

    #[test]
    fn settings_are_applied_where_there_are_any() {
        let query = || "tasks=3".to_owned();
        let apply = |own| command_of(own, "interleave:apply", None, Some(query()));
        assert_eq!((apply(true), apply(false)), (Some(Action::Change(Change::Apply(query()))), None));
        assert_eq!(command_of(true, "interleave:run", None, None), None, "nothing in the page has it run");
    }

    #[test]
    fn the_url_keeps_the_flags() {
        let state =
            State::from_query("tasks=3&embed&theme=dark", Handle::new(LABS[0].sheet()), &[LABS[0].slug], SHARED);
        let query = query(&state);
        assert!(query.starts_with("?lab=compare&tasks=3&"), "{query}");
        assert!(query.ends_with("&embed&theme=dark"), "{query}");
    }
}
