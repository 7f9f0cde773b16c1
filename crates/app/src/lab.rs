//! The lab that the page shows, and the names of all. `static/boot.js` has chosen it and fetched its sheet.

use interleave_labs::message::from_bytes;
use interleave_labs::{Notice, Report, Sheet};
use interleave_trace::figure::Rendered;
use js_sys::{Array, Reflect};
use wasm_bindgen::prelude::*;

/// Every lab of the site by its name in the URL, in the order of the course.
#[must_use]
pub fn slugs() -> Vec<String> {
    list("interleaveLabs").iter().filter_map(|lab| text(&lab, "slug")).collect()
}

/// The URL's query. Where texts in it are packed, `static/boot.js` has had those unpacked that could be.
#[must_use]
pub fn query() -> String {
    let address = || web_sys::window()?.location().search().ok();
    global("interleaveQuery").and_then(|query| query.as_string()).or_else(address).unwrap_or_default()
}

/// What `static/looks.js` could not use of the colours and the font that were given.
#[must_use]
pub fn refused_looks() -> Vec<Notice> {
    let notice = |it| Some(Notice { argument: text(&it, "argument")?, text: text(&it, "text")? });
    list("interleaveRefused").iter().filter_map(notice).collect()
}

/// The URL of one of this lab's files, which the build names: `engine` and `board` are folders, `programs` is a script.
#[must_use]
pub fn file(kind: &str) -> Option<String> {
    text(&global("interleaveLab")?, kind)
}

/// The URL of one of the site's files, which the build names.
#[must_use]
pub fn site_file(kind: &str) -> Option<String> {
    let document = web_sys::window()?.document()?;
    document.query_selector("script[data-app]").ok()??.get_attribute(&format!("data-{kind}"))
}

/// The lab's sheet; `None` if it is from another build, or was not loaded.
#[must_use]
pub fn sheet() -> Option<Sheet> {
    from_bytes(&bytes("interleaveSheet")?).ok()
}

/// A recorded run, to show where nothing can be measured.
#[must_use]
pub fn recorded() -> Option<Report<Rendered>> {
    from_bytes(&bytes("interleaveRecorded")?).ok()
}

/// Bytes that a script holds as a string, one character each.
fn bytes(name: &str) -> Option<Vec<u8>> {
    Some(global(name)?.as_string()?.chars().map(|letter| letter as u8).collect())
}

/// A global that is a list; empty if there is none.
fn list(name: &str) -> Array {
    global(name).and_then(|list| list.dyn_into().ok()).unwrap_or_default()
}

fn global(name: &str) -> Option<JsValue> {
    Reflect::get(&js_sys::global(), &name.into()).ok().filter(|value| !value.is_undefined())
}

fn text(object: &JsValue, name: &str) -> Option<String> {
    Reflect::get(object, &name.into()).ok()?.as_string()
}
