//! Which lab the page shows, and which others there are: `static/boot.js` has chosen it, and fetched what stands on its sheet.

use interleave_labs::message::from_bytes;
use interleave_labs::{Report, Sheet};
use js_sys::{Array, Reflect};
use wasm_bindgen::prelude::*;

/// A lab that a reader can go to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Link {
    /// Its name in the URL.
    pub slug: String,
    /// The question it answers.
    pub question: String,
}

/// Every lab of the site, in the order of the course.
#[must_use]
pub fn links() -> Vec<Link> {
    let labs = global("interleaveLabs").and_then(|labs| labs.dyn_into::<Array>().ok()).unwrap_or_default();
    labs.iter().filter_map(|lab| Some(Link { slug: text(&lab, "slug")?, question: text(&lab, "question")? })).collect()
}

/// The address of a file of this lab, which the build has named: `engine` is a folder, `programs` a script.
#[must_use]
pub fn file(kind: &str) -> Option<String> {
    text(&global("interleaveLab")?, kind)
}

/// The address of a file of the whole site, which the build has named.
#[must_use]
pub fn site_file(kind: &str) -> Option<String> {
    let document = web_sys::window()?.document()?;
    document.query_selector("script[data-app]").ok()??.get_attribute(&format!("data-{kind}"))
}

/// The lab's sheet; nothing if it is of another build, or did not come.
#[must_use]
pub fn sheet() -> Option<Sheet> {
    from_bytes(&bytes("interleaveSheet")?).ok()
}

/// A run that was recorded for places where none can be.
#[must_use]
pub fn recorded() -> Option<Report> {
    from_bytes(&bytes("interleaveRecorded")?).ok()
}

/// Bytes that a script holds as a text, a character for each.
fn bytes(name: &str) -> Option<Vec<u8>> {
    Some(global(name)?.as_string()?.chars().map(|letter| letter as u8).collect())
}

fn global(name: &str) -> Option<JsValue> {
    Reflect::get(&js_sys::global(), &name.into()).ok().filter(|value| !value.is_undefined())
}

fn text(object: &JsValue, name: &str) -> Option<String> {
    Reflect::get(object, &name.into()).ok()?.as_string()
}
