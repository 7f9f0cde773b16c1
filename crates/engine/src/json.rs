//! JSON: natively by serde_json; in a browser by the browser itself, so that only what stands between its objects and our types
//! is code of the module.

#[cfg(target_arch = "wasm32")]
pub use browser::Json;
#[cfg(not(target_arch = "wasm32"))]
pub use serde_json::Value as Json;

#[cfg(target_arch = "wasm32")]
mod browser {
    use interleave_labs::result;
    use js_sys::{JSON, Reflect};
    use serde::Serialize;
    use serde::de::DeserializeOwned;
    use serde_wasm_bindgen::{Serializer, from_value};
    use wasm_bindgen::JsValue;

    /// A text that the browser has parsed.
    pub struct Json(JsValue);

    impl result::Json for Json {
        fn parse(text: &str) -> Result<Json, String> {
            JSON::parse(text).map(Json).map_err(|error| words(&error))
        }

        fn get(&self, key: &str) -> Option<Json> {
            let plain = self.0.is_object() && !js_sys::Array::is_array(&self.0);
            let value = Reflect::get(&self.0, &key.into()).ok().filter(|value| plain && !value.is_undefined());
            value.map(Json)
        }

        fn read<T: DeserializeOwned>(&self) -> Result<T, String> {
            from_value(self.0.clone()).map_err(|error| words(&error.into()))
        }

        fn write(value: &impl Serialize) -> String {
            // Numbers that are safe, and maps with texts as keys: there is nothing that could fail.
            let value = value.serialize(&Serializer::json_compatible());
            value.ok().and_then(|value| JSON::stringify(&value).ok()).map(String::from).unwrap_or_default()
        }
    }

    fn words(error: &JsValue) -> String {
        let message = Reflect::get(error, &"message".into()).ok().and_then(|message| message.as_string());
        message.or_else(|| error.as_string()).unwrap_or_else(|| "unknown error".to_owned())
    }
}
