//! The desk: reads result files, writes programs and figures for files. Its script comes when somebody asks; it is a plain one, with its WebAssembly
//! within, for in a frame without an origin nothing else would load.

use crate::action::Action;
use crate::lab;
use gloo_timers::callback::Timeout;
use interleave_labs::message::{FromDesk, ToDesk, from_bytes, to_bytes};
use js_sys::{Function, Promise, Reflect, Uint8Array};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::{JsFuture, spawn_local};
use web_sys::HtmlElement;
use yew::Callback;

/// How long a script may take to come, in milliseconds.
const PATIENCE_MS: u32 = 30_000;

/// Asks the desk; what it answers comes to `tell_page`.
pub fn ask(question: ToDesk, tell_page: Callback<Action>) {
    spawn_local(async move {
        let failed = || match question {
            ToDesk::Write { .. } => FromDesk::Program(None),
            _ => FromDesk::Refused("the file reader could not be loaded; check the connection".to_owned()),
        };
        tell_page.emit(Action::Desk(answer(&question).await.unwrap_or_else(failed)));
    });
}

/// What the desk answers; nothing if it cannot be loaded.
pub async fn answer(question: &ToDesk) -> Option<FromDesk> {
    let answer = desk().await.ok()?.call1(&JsValue::NULL, &bytes(question)).ok()?;
    from_bytes(&Uint8Array::new(&answer).to_vec()).ok()
}

fn bytes(question: &ToDesk) -> JsValue {
    Uint8Array::from(&to_bytes(question)[..]).into()
}

/// What answers, loaded first if need be.
async fn desk() -> Result<Function, JsValue> {
    if started().is_none() {
        load(&lab::site_file("desk").ok_or("the site has no desk")?).await?;
    }
    JsFuture::from(started().ok_or("the desk has not begun")?).await?.dyn_into()
}

/// What its script leaves: a promise of the function that answers.
fn started() -> Option<Promise> {
    Reflect::get(&js_sys::global(), &"interleaveDesk".into()).ok()?.dyn_into().ok()
}

/// Adds a plain script to the page, and waits until it has run.
///
/// # Errors
/// If it cannot be had, or not within half a minute.
pub async fn load(file: &str) -> Result<(), JsValue> {
    let document = web_sys::window().and_then(|window| window.document()).ok_or("no document")?;
    let script: HtmlElement = document.create_element("script")?.dyn_into()?;
    script.set_attribute("src", file)?;
    let come = Promise::new(&mut |resolve, reject| {
        script.set_onload(Some(&resolve));
        script.set_onerror(Some(&reject));
        // Of no effect on a script that has come.
        Timeout::new(PATIENCE_MS, move || drop(reject.call0(&JsValue::NULL))).forget();
    });
    document.head().ok_or("no head")?.append_child(&script)?;
    JsFuture::from(come).await?;
    Ok(())
}
