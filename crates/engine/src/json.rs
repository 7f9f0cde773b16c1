//! Results as JSON text: natively by serde_json; in a browser by the browser itself, so that only what makes its objects of our
//! types is code of the module.

use serde::Serialize;

/// A value as JSON text.
#[cfg(not(target_arch = "wasm32"))]
pub fn write(value: &impl Serialize) -> String {
    // Maps with text keys and finite numbers only: there is nothing that could fail.
    serde_json::to_string(value).unwrap_or_default()
}

/// A value as JSON text.
#[cfg(target_arch = "wasm32")]
pub fn write(value: &impl Serialize) -> String {
    let object = value.serialize(&serde_wasm_bindgen::Serializer::json_compatible());
    object.ok().and_then(|object| js_sys::JSON::stringify(&object).ok()).map(String::from).unwrap_or_default()
}
