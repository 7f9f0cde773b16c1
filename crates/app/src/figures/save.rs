//! Figures as files, which the desk writes.

use crate::action::Action;
use crate::desk;
use crate::download::{save, save_text};
use crate::handle::Handle;
use crate::link::link;
use crate::state::Outcome;
use interleave_labs::message::{Form, FromDesk, ToDesk};
use interleave_trace::figure::Rendered;
use js_sys::Array;
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::{JsFuture, spawn_local};
use web_sys::{Blob, BlobPropertyBag, CanvasRenderingContext2d, HtmlCanvasElement, HtmlImageElement, Url};
use yew::prelude::*;

const SVG: &str = "image/svg+xml";
/// The width of drawings in files, in pixels.
const WIDTH: f64 = 1000.0;
/// How many pixels of a picture make one of the drawing.
const SCALE: f64 = 2.0;

/// A kind of file.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// A trace for Perfetto.
    Trace,
    /// Its numbers.
    Table,
    /// A drawing.
    Drawing,
    /// A picture of the drawing.
    Picture,
}

/// Buttons that save a figure as data, drawing or picture.
pub(super) fn buttons(lab: &AttrValue, outcome: &Handle<Outcome>, figure: &Rendered, act: &Callback<Action>) -> Html {
    let button = |(kind, label): (Kind, &'static str)| {
        let (lab, outcome, id, act) = (lab.clone(), outcome.clone(), figure.id.clone(), act.clone());
        let save = move |_| save_as(kind, &lab, &outcome, Some(id.clone()), &act);
        link(label, Some(&figure.title), Callback::from(save))
    };
    let kinds = [(Kind::Table, "CSV"), (Kind::Drawing, "SVG"), (Kind::Picture, "PNG")];
    html! { <p class="save" role="group" aria-label="Save this figure">{ "Save as " }{ for kinds.map(button) }</p> }
}

/// Has the desk write a figure of an outcome, or all its runs, and saves that. If that fails, the page says so.
pub fn save_as(kind: Kind, lab: &str, outcome: &Outcome, figure: Option<String>, act: &Callback<Action>) {
    let (form, ending, media) = match kind {
        Kind::Trace => (Form::Trace, "trace.json", "application/json"),
        Kind::Table => (Form::Csv, "csv", "text/csv"),
        Kind::Drawing | Kind::Picture => (Form::Svg(WIDTH), "svg", SVG),
    };
    let name = ["interleave", lab].into_iter().chain(figure.as_deref()).collect::<Vec<_>>().join("-");
    let question = ToDesk::Save { lab: lab.to_owned(), result: outcome.report.result.clone(), figure, form };
    let act = act.clone();
    spawn_local(async move {
        let why = match desk::answer(&question).await {
            Some(FromDesk::Saved(text)) => {
                // As a drawing, if a content security policy does not let the page make a picture.
                if kind != Kind::Picture || picture(&name, &text).await.is_err() {
                    save_text(&format!("{name}.{ending}"), media, &text);
                }
                return;
            }
            Some(FromDesk::Refused(why)) => why,
            _ => "the file writer could not be loaded; check the connection".to_owned(),
        };
        act.emit(Action::Refused(format!("The file was not saved: {why}.")));
    });
}

async fn picture(name: &str, drawing: &str) -> Result<(), JsValue> {
    let options = BlobPropertyBag::new();
    options.set_type(SVG);
    let blob = Blob::new_with_str_sequence_and_options(&Array::of1(&drawing.into()), &options)?;
    let url = Url::create_object_url_with_blob(&blob)?;
    let image = HtmlImageElement::new()?;
    image.set_src(&url);
    let decoded = JsFuture::from(image.decode()).await;
    Url::revoke_object_url(&url)?;
    decoded?;
    let document = web_sys::window().and_then(|window| window.document()).ok_or("no document")?;
    let canvas: HtmlCanvasElement = document.create_element("canvas")?.dyn_into()?;
    let (width, height) = (f64::from(image.natural_width()) * SCALE, f64::from(image.natural_height()) * SCALE);
    canvas.set_width(width as u32);
    canvas.set_height(height as u32);
    let context: CanvasRenderingContext2d = canvas.get_context("2d")?.ok_or("no canvas")?.dyn_into()?;
    context.draw_image_with_html_image_element_and_dw_and_dh(&image, 0.0, 0.0, width, height)?;
    let name = format!("{name}.png");
    let given = Closure::once_into_js(move |blob: Option<Blob>| {
        let _ = blob.map(|blob| save(&name, &blob));
    });
    canvas.to_blob(given.unchecked_ref())
}
