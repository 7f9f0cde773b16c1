//! Saving a run to files, and opening one.

use crate::download::{save, save_text};
use crate::figures::save::{Kind, save_as};
use crate::state::{Action, Phase, Slot, State};
use gloo_timers::callback::Timeout;
use interleave_labs::file::MAX_BYTES;
use interleave_trace::figure::{Body, Figure, Timeline};
use interleave_trace::format::{fixed, plain};
use std::rc::Rc;
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::{JsFuture, spawn_local};
use web_sys::{
    Blob, CanvasRenderingContext2d, Document, Element, File, HtmlCanvasElement, HtmlElement, HtmlInputElement,
};
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
    if kind == Kind::Picture {
        let name = format!("{name}.png");
        let given = Closure::once_into_js(move |blob: Option<Blob>| {
            let _ = blob.map(|blob| save(&name, &blob));
        });
        // A browser that cannot draw here has not shown the timelines either.
        let _ = picture().and_then(|canvas| canvas.to_blob(given.unchecked_ref()).ok());
        return;
    }
    let runs = figures.iter().filter_map(|slot| match slot {
        Slot::Timeline { runs, .. } => Some(runs.iter().map(|run| run.as_measured())),
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

/// All timelines with their titles, as on the page, on one canvas.
fn picture() -> Option<HtmlCanvasElement> {
    const MARGIN: f64 = 16.0;
    const TITLE: f64 = 26.0;
    let document = web_sys::window()?.document()?;
    let style = web_sys::window()?.get_computed_style(&document.document_element()?).ok()??;
    let colour = |name: &str| style.get_property_value(name).unwrap_or_default();
    let axis: HtmlCanvasElement = document.query_selector("canvas.axis").ok()??.dyn_into().ok()?;
    let scale = f64::from(axis.width()) / f64::from(axis.client_width()).max(1.0);
    let figures = figures(&document)?;
    let height_of = |canvas: &HtmlCanvasElement| f64::from(canvas.height()) / scale;
    let height: f64 = figures.iter().map(|(_, canvas)| height_of(canvas) + TITLE).sum::<f64>() + height_of(&axis);
    let width = f64::from(axis.width()) / scale;
    let whole: HtmlCanvasElement = document.create_element("canvas").ok()?.dyn_into().ok()?;
    whole.set_width(((width + 2.0 * MARGIN) * scale) as u32);
    whole.set_height(((height + 2.0 * MARGIN) * scale) as u32);
    let context: CanvasRenderingContext2d = whole.get_context("2d").ok()??.dyn_into().ok()?;
    context.set_fill_style_str(&colour("--ground"));
    context.fill_rect(0.0, 0.0, f64::from(whole.width()), f64::from(whole.height()));
    context.set_fill_style_str(&colour("--text"));
    context.set_font(&format!("600 {}px system-ui, sans-serif", plain(15.0 * scale)));
    let mut y = MARGIN;
    context.draw_image_with_html_canvas_element(&axis, MARGIN * scale, y * scale).ok()?;
    y += height_of(&axis);
    for (title, canvas) in &figures {
        context.fill_text(title, MARGIN * scale, (y + TITLE - 8.0) * scale).ok()?;
        y += TITLE;
        context.draw_image_with_html_canvas_element(canvas, MARGIN * scale, y * scale).ok()?;
        y += height_of(canvas);
    }
    Some(whole)
}

/// Each timeline's text and canvas.
fn figures(document: &Document) -> Option<Vec<(String, HtmlCanvasElement)>> {
    let list = document.query_selector_all("figure.run").ok()?;
    let part = |figure: &Element, css: &str| figure.query_selector(css).ok()?;
    let words = |element: Option<Element>| Some(element?.dyn_into::<HtmlElement>().ok()?.inner_text());
    (0..list.length())
        .map(|index| {
            let figure: Element = list.get(index)?.dyn_into().ok()?;
            let (title, result) = (words(part(&figure, "h2"))?, words(part(&figure, ".result"))?);
            Some((format!("{title}: {result}"), part(&figure, "canvas.lanes")?.dyn_into().ok()?))
        })
        .collect()
}
