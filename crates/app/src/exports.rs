//! A run as files, and a file as a run.

use crate::download::{save, save_text};
use crate::state::{Action, Outcome};
use gloo_timers::callback::Timeout;
use interleave_labs::file::MAX_BYTES;
use interleave_trace::export::{Exported, chrome_trace, csv, svg};
use interleave_trace::figure::{Body, TimelineRun};
use std::rc::Rc;
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::{JsFuture, spawn_local};
use web_sys::{
    Blob, CanvasRenderingContext2d, Document, Element, File, HtmlCanvasElement, HtmlElement, HtmlInputElement,
};
use yew::prelude::*;

/// A kind of file.
#[derive(Clone, Copy)]
enum Kind {
    Result,
    Trace,
    Table,
    Drawing,
    Picture,
}

const KINDS: [(Kind, &str); 5] = [
    (Kind::Result, "Result (JSON)"),
    (Kind::Trace, "Trace for Perfetto (JSON)"),
    (Kind::Table, "Table (CSV)"),
    (Kind::Drawing, "Drawing (SVG)"),
    (Kind::Picture, "Picture (PNG)"),
];

/// Buttons that save the run, and one that opens somebody else's.
pub fn exports(outcome: Option<&Rc<Outcome>>, act: &Callback<Action>, busy: bool) -> Html {
    let buttons = outcome.map(|outcome| {
        let button = |(kind, label): (Kind, &'static str)| {
            let outcome = outcome.clone();
            html! { <button type="button" class="link" onclick={move |_: MouseEvent| export(&outcome, kind)}>{ label }</button> }
        };
        // The other figures have buttons of their own.
        let timeline = outcome.report.figures.iter().any(|figure| matches!(figure.body, Body::Timeline(_)));
        let kinds = KINDS.into_iter().filter(|(kind, _)| timeline || matches!(kind, Kind::Result));
        html! { <p class="actions" role="group" aria-label="Save this run"><span>{ "Save this run:" }</span>{ for kinds.map(button) }</p> }
    });
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
            <label class="open">{ "Look at somebody else’s run: " }
                <input type="file" accept=".json,application/json" onchange={open} disabled={busy} />
            </label>
        </div>
    }
}

fn export(outcome: &Outcome, kind: Kind) {
    let timelines = outcome.report.figures.iter().filter_map(|figure| match &figure.body {
        Body::Timeline(timeline) => Some(&timeline.runs),
        _ => None,
    });
    let runs: Vec<_> = timelines.flatten().map(exported).collect();
    let lab = outcome.report.query.split('&').next().and_then(|pair| pair.strip_prefix("lab=")).unwrap_or_default();
    let name = |ending: &str| format!("interleave-{lab}.{ending}");
    match kind {
        Kind::Result => save_text(&name("json"), "application/json", &outcome.report.result),
        Kind::Trace => save_text(&name("trace.json"), "application/json", &chrome_trace(&runs)),
        Kind::Table => save_text(&name("csv"), "text/csv", &csv(&runs)),
        Kind::Drawing => save_text(&name("svg"), "image/svg+xml", &svg(&runs, 1000.0)),
        Kind::Picture => {
            let name = name("png");
            let given = Closure::once_into_js(move |blob: Option<Blob>| {
                let _ = blob.map(|blob| save(&name, &blob));
            });
            // A browser that cannot draw has shown no timeline either.
            let _ = picture().and_then(|canvas| canvas.to_blob(given.unchecked_ref()).ok());
        }
    }
}

fn exported(run: &TimelineRun) -> Exported<'_> {
    Exported { slug: &run.slug, title: &run.title, wall_us: run.wall_us, lanes: &run.lanes, spans: &run.spans }
}

/// Reads a file.
fn read(file: File, act: Callback<Action>) {
    let name = file.name();
    spawn_local(async move {
        // Not even read: a page that reads half a gigabyte is a page that hangs.
        let text = if file.size() > MAX_BYTES as f64 {
            Err(format!("it has {:.0} MB, and results have at most {} MB", file.size() / 1e6, MAX_BYTES / 1_000_000))
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
        // Not within the event that a yew component is handling.
        Timeout::new(0, move || act.emit(action)).forget();
    });
}

/// All timelines as they are on the page, with their titles, on one canvas.
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
    context.set_font(&format!("600 {}px system-ui, sans-serif", 15.0 * scale));
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

/// Each timeline's words and drawing.
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
