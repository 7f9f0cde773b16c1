//! JSON by the browser, which reads and writes it already: only what stands between its objects and our types is code of the page.

use interleave_labs::result::Json;
use js_sys::JSON;
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_wasm_bindgen::{Serializer, from_value};
use wasm_bindgen::JsValue;

/// A value as a plain object, as JSON would make it.
///
/// # Errors
/// None for our types: their numbers are safe, and their maps have texts as keys.
pub fn to_js(value: &impl Serialize) -> Result<JsValue, JsValue> {
    Ok(value.serialize(&Serializer::json_compatible())?)
}

/// A value as JSON text.
#[must_use]
pub fn to_text(value: &impl Serialize) -> String {
    let text = to_js(value).and_then(|value| JSON::stringify(&value).map(String::from));
    text.unwrap_or_default()
}

/// A text that the browser has parsed.
pub struct Parsed(JsValue);

impl Json for Parsed {
    fn parse(text: &str) -> Result<Parsed, String> {
        JSON::parse(text).map(Parsed).map_err(|error| words(&error))
    }

    fn read<T: DeserializeOwned>(&self) -> Result<T, String> {
        from_value(self.0.clone()).map_err(|error| words(&error.into()))
    }
}

/// What an error says.
pub fn words(error: &JsValue) -> String {
    let message = js_sys::Reflect::get(error, &"message".into()).ok().and_then(|message| message.as_string());
    message.or_else(|| error.as_string()).unwrap_or_else(|| "unknown error".to_owned())
}
