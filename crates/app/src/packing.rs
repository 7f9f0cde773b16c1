//! Long texts are packed for the URL, by the browser's own means: `static/boot.js` has them.

use interleave_labs::packed::is_long;
use interleave_labs::{Value, Values};
use js_sys::{Function, Promise, Reflect};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;

/// The long texts among `values`, each with what it is packed. Where one cannot be, it stands in the URL as it is.
pub async fn pack(values: &Values) -> Vec<(String, String)> {
    let mut all = Vec::new();
    for (_, value) in values.iter() {
        if let Value::Text(text) = value
            && is_long(text)
            && let Ok(packed) = packed(text).await
        {
            all.push((text.clone(), packed));
        }
    }
    all
}

async fn packed(text: &str) -> Result<String, JsValue> {
    let pack: Function = Reflect::get(&js_sys::global(), &"interleavePack".into())?.dyn_into()?;
    let packed: Promise = pack.call1(&JsValue::NULL, &text.into())?.dyn_into()?;
    JsFuture::from(packed).await?.as_string().ok_or_else(|| "no text".into())
}
