//! Saving a run to files, and opening one.

use crate::download::save_text;
use crate::figures::save::{Kind, save_as};
use crate::state::{Action, Phase, Slot, State};
use crate::timeline::RunPhase;
use gloo_timers::callback::Timeout;
use interleave_labs::file::MAX_BYTES;
use interleave_trace::figure::{Body, Figure, Timeline};
use interleave_trace::format::fixed;
use std::rc::Rc;
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
        let name = format!("interleave-{}", state.sheet.slug);
        let (file, outcome) = (format!("{name}.json"), outcome.clone());
        let result = move |_| save_text(&file, "application/json", &outcome.report.result);
        let export = |(kind, label): (Kind, &'static str)| {
            let (name, figures, act) = (name.clone(), state.figures.clone(), act.clone());
            button(label, Callback::from(move |_| export(kind, &name, &figures, &act)))
        };
        // Other figures have their own buttons.
        let timeline = state.figures.iter().any(|slot| matches!(slot, Slot::Timeline { .. }));
        let kinds = if timeline { &KINDS[..] } else { &[] };
        html! {
            <p class="actions" role="group" aria-label="Save this run">
                <span>{ "Save this run:" }</span>
                { button("Result (JSON)", Callback::from(result)) }
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

fn button(label: &'static str, press: Callback<MouseEvent>) -> Html {
    html! { <button type="button" class="link" onclick={press}>{ label }</button> }
}

fn export(kind: Kind, name: &str, figures: &[Slot], act: &Callback<Action>) {
    let runs = figures.iter().filter_map(|slot| match slot {
        Slot::Timeline { runs, .. } => {
            Some(runs.iter().filter(|run| run.phase == RunPhase::Done).map(|run| run.as_measured()))
        }
        _ => None,
    });
    let body = Body::Timeline(Timeline { runs: runs.flatten().collect() });
    let figure = Figure { id: String::new(), title: String::new(), caption: String::new(), body };
    save_as(kind, name, Rc::new(figure), act);
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
