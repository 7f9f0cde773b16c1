//! Saving a run to files, and opening one.

use crate::action::Action;
use crate::download::save_text;
use crate::figures::save::{Kind, save_as};
use crate::link::link;
use crate::state::{Phase, Slot, State};
use gloo_timers::callback::Timeout;
use interleave_labs::file::MAX_BYTES;
use interleave_trace::format::fixed;
use wasm_bindgen_futures::{JsFuture, spawn_local};
use web_sys::{File, HtmlInputElement};
use yew::prelude::*;

const KINDS: [(Kind, &str); 4] = [
    (Kind::Trace, "Trace for Perfetto (JSON)"),
    (Kind::Table, "Table (CSV)"),
    (Kind::Drawing, "Drawing (SVG)"),
    (Kind::Picture, "Picture (PNG)"),
];

/// Buttons that save this run, and one that opens somebody else's.
pub fn exports(state: &State, act: &Callback<Action>) -> Html {
    let buttons = state.outcome.as_ref().map(|outcome| {
        let lab = &state.sheet.slug;
        let (file, measured) = (format!("interleave-{lab}.json"), outcome.clone());
        let result = move |_| save_text(&file, "application/json", &measured.report.result);
        let export = |(kind, label): (Kind, &'static str)| {
            let (lab, outcome, act) = (lab.clone(), outcome.clone(), act.clone());
            link(label, None, Callback::from(move |_| save_as(kind, &lab, &outcome, None, &act)))
        };
        // Other figures have their own buttons.
        let timeline = state.figures.iter().any(|slot| matches!(slot, Slot::Timeline { .. }));
        let kinds = if timeline { &KINDS[..] } else { &[] };
        html! {
            <p class="actions" role="group" aria-label="Save this run">
                <span>{ "Save this run:" }</span>
                { link("Result (JSON)", None, Callback::from(result)) }
                { for kinds.iter().copied().map(export) }
            </p>
        }
    });
    let busy = matches!(state.phase, Phase::Running(_));
    let act = act.clone();
    let open = move |event: Event| {
        let Some(input) = event.target_dyn_into::<HtmlInputElement>() else { return };
        if let Some(file) = input.files().and_then(|files| files.get(0)) {
            read(file, act.clone());
        }
        // So that the same file can be chosen again.
        input.set_value("");
    };
    html! {
        <div class="exports">
            { buttons }
            <label class="open">{ "Open somebody else’s run: " }
                <input type="file" accept=".json,application/json" onchange={open} disabled={busy} />
            </label>
        </div>
    }
}

/// Reads a file.
fn read(file: File, act: Callback<Action>) {
    let name = file.name();
    spawn_local(async move {
        // Not even read: half a gigabyte would freeze the page.
        let text = if file.size() > MAX_BYTES as f64 {
            Err(format!(
                "it has {} MB, and results have at most {} MB",
                fixed(file.size() / 1e6, 0),
                MAX_BYTES / 1_000_000
            ))
        } else {
            JsFuture::from(file.text())
                .await
                .map_err(|_| "the browser cannot read it".to_owned())
                .map(|text| text.as_string().unwrap_or_default())
        };
        let action = match text {
            Ok(text) => Action::Open(name, text.into()),
            Err(why) => Action::Refused(format!("“{name}” was not opened: {why}.")),
        };
        // Not while a yew component handles the event.
        Timeout::new(0, move || act.emit(action)).forget();
    });
}
