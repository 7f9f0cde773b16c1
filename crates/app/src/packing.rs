//! Long texts are packed for the URL, by the browser's own means: `static/editor.js` has them. That takes a moment; when it is done, it says
//! so by the message `interleave:packed`.

use interleave_labs::packed::is_long;
use interleave_labs::{Value, Values};
use js_sys::{Function, Reflect};
use wasm_bindgen::prelude::*;

/// What a long text is in a URL; nothing for a short one, and for one that is not packed, at least not yet.
pub fn packed(text: &str) -> Option<String> {
    asked(text).filter(|packed| !packed.is_empty())
}

/// Whether no long text waits to be packed.
pub fn are_packed(values: &Values) -> bool {
    let waits =
        |value: &Value| matches!(value, Value::Text(text) if asked(text).is_some_and(|packed| packed.is_empty()));
    !values.iter().any(|(_, value)| waits(value))
}

/// What is said of a long text: nothing by a page that cannot pack it, and an empty text meanwhile.
fn asked(text: &str) -> Option<String> {
    if !is_long(text) {
        return None;
    }
    let pack: Function = Reflect::get(&js_sys::global(), &"interleavePacked".into()).ok()?.dyn_into().ok()?;
    pack.call1(&JsValue::NULL, &text.into()).ok()?.as_string()
}
