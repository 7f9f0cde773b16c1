//! The page's contract with the outside: its events, and a URL that follows the controls.

use crate::json::to_js;
use crate::state::{Action, Event, State};
use interleave_labs::compare::Args;
use interleave_labs::query::Theme;
use interleave_labs::result::ResultFile;
use js_sys::{Object, Reflect};
use serde::Serialize;
use wasm_bindgen::prelude::*;
use web_sys::{CustomEvent, CustomEventInit, MessageEvent, Window};

/// Sends an event on the window and, when framed, to the parent.
pub fn emit(event: &Event) {
    let (name, detail) = payload(event);
    send(name, detail);
}

/// Tells parent and window how high the content is, in CSS pixels.
pub fn emit_height(height: u32) {
    send("interleave:resize", Detail { height: Some(height), ..Detail::default() });
}

/// What the page that frames this one asks for: run, stop or a theme, and nothing else. Any other message is none of ours.
#[must_use]
pub fn command(event: &MessageEvent) -> Option<Action> {
    let window = web_sys::window()?;
    let parent = window.parent().ok()??;
    let from_parent = parent != window && event.source().is_some_and(|source| Object::is(&source, &parent));
    let field = |name: &str| Reflect::get(&event.data(), &name.into()).ok()?.as_string();
    if from_parent { command_of(&field("type")?, field("theme").as_deref()) } else { None }
}

fn command_of(name: &str, theme: Option<&str>) -> Option<Action> {
    match name {
        "interleave:run" => Some(Action::Run),
        "interleave:stop" => Some(Action::Stop),
        "interleave:theme" => Theme::ALL.into_iter().find(|known| Some(known.name()) == theme).map(Action::Theme),
        _ => None,
    }
}

/// What an event says: each has some of these.
#[derive(Default, Serialize)]
struct Detail<'a> {
    #[serde(skip_serializing_if = "Option::is_none")]
    args: Option<&'a Args>,
    #[serde(skip_serializing_if = "Option::is_none")]
    result: Option<&'a ResultFile>,
    #[serde(skip_serializing_if = "Option::is_none")]
    code: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    message: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    height: Option<u32>,
}

/// An event's name and detail.
fn payload(event: &Event) -> (&'static str, Detail<'_>) {
    let nothing = Detail::default();
    match event {
        Event::Ready => ("interleave:ready", nothing),
        Event::Started(args) => ("interleave:started", Detail { args: Some(args), ..nothing }),
        Event::Result(outcome) => ("interleave:result", Detail { result: Some(&outcome.result), ..nothing }),
        Event::Error(code, message) => {
            ("interleave:error", Detail { code: Some(code.name()), message: Some(message), ..nothing })
        }
    }
}

/// The query that the URL shows for a state.
#[must_use]
pub fn query(state: &State) -> String {
    format!("?{}{}", state.args.to_query(), state.flags.to_query())
}

/// Puts `query` into the address bar without a new entry in the history.
pub fn follow_url(query: &str) {
    if let Some(history) = web_sys::window().and_then(|window| window.history().ok()) {
        // A sandboxed frame may refuse; the page works without.
        let _ = history.replace_state_with_url(&JsValue::NULL, "", Some(query));
    }
}

fn send(name: &str, detail: Detail) {
    if let Some(window) = web_sys::window() {
        // Neither listener nor parent may keep the page from going on.
        let _ = try_send(&window, name, detail);
    }
}

fn try_send(window: &Window, name: &str, detail: Detail) -> Result<(), JsValue> {
    let detail = to_js(&detail)?;
    let init = CustomEventInit::new();
    init.set_detail(&detail);
    window.dispatch_event(CustomEvent::new_with_event_init_dict(name, &init)?.as_ref())?;
    let framed = window.parent()?.filter(|parent| parent != window);
    if let Some(parent) = framed {
        let message = Object::new();
        Reflect::set(&message, &"type".into(), &name.into())?;
        // Whoever frames the page chose to see it: there is nothing in an event that is not on the page.
        parent.post_message(&Object::assign(&message, detail.unchecked_ref()), "*")?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::place::{Place, Why};
    use interleave_labs::message::Code;
    use interleave_labs::result::Memory;
    use serde_json::{Value, json, to_value};
    use std::rc::Rc;

    const SHARED: Place = Place { memory: Memory::Shared, why: Why::Isolated };

    #[test]
    fn events_carry_what_the_contract_says() {
        let sent = |event: &Event| -> (&'static str, Value) {
            let (name, detail) = payload(event);
            (name, to_value(detail).unwrap())
        };
        assert_eq!(sent(&Event::Ready), ("interleave:ready", json!({})));
        let stopped = sent(&Event::Error(Code::Stopped, "why".into()));
        assert_eq!(stopped, ("interleave:error", json!({ "code": "stopped", "message": "why" })));
        let (name, detail) = sent(&Event::Started(Rc::new(Args::default())));
        assert_eq!((name, &detail["args"]["tasks"]), ("interleave:started", &json!(8)));
    }

    #[test]
    fn a_parent_may_run_stop_and_colour() {
        assert_eq!(command_of("interleave:run", None), Some(Action::Run));
        assert_eq!(command_of("interleave:stop", None), Some(Action::Stop));
        assert_eq!(command_of("interleave:theme", Some("dark")), Some(Action::Theme(Theme::Dark)));
        for (name, theme) in
            [("interleave:theme", Some("pink")), ("interleave:theme", None), ("interleave:result", None), ("run", None)]
        {
            assert_eq!(command_of(name, theme), None, "{name} {theme:?}");
        }
    }

    #[test]
    fn the_url_keeps_the_flags() {
        let state = State::from_query("tasks=3&embed&theme=dark", SHARED);
        let query = query(&state);
        assert!(query.starts_with("?lab=compare&tasks=3&"), "{query}");
        assert!(query.ends_with("&embed&theme=dark"), "{query}");
    }
}
