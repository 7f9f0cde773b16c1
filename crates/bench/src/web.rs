//! A probe in a browser: called by `page/host.js` in a worker that is the engine's host.

use crate::{Probe, Scale};
use interleave_threads::{Cancel, STACK_BYTES, web};
use js_sys::Promise;
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::future_to_promise;

thread_local! {
    static CANCEL: Cancel = Cancel::default();
}

/// Runs a probe; its samples as JSON. Once for each host: its pool has one size for life.
#[wasm_bindgen]
pub fn interleave_probe(name: &str, quick: bool) -> Promise {
    CANCEL.with(|cancel| web::init_host(cancel, STACK_BYTES));
    let probe = Probe::named(name);
    let name = name.to_owned();
    let scale = if quick { Scale::Quick } else { Scale::Full };
    future_to_promise(async move {
        let probe = probe.ok_or_else(|| format!("there is no probe {name}"))?;
        let series = probe.run(scale).await.map_err(|error| error.to_string())?;
        Ok(serde_json::json!(series).to_string().into())
    })
}
