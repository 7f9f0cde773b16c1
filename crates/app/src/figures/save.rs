//! Figures as files.

use crate::download::{save, save_text};
use interleave_trace::Figure;
use js_sys::Array;
use std::rc::Rc;
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::{JsFuture, spawn_local};
use web_sys::{Blob, BlobPropertyBag, CanvasRenderingContext2d, HtmlCanvasElement, HtmlImageElement, Url};
use yew::prelude::*;

const SVG: &str = "image/svg+xml";
/// How wide drawings are in files, in pixels.
const WIDTH: f64 = 1000.0;
/// So many pixels of a picture are one of the drawing.
const SCALE: f64 = 2.0;

/// Saves a figure in files of this name.
type Save = fn(&str, &Figure);

/// Buttons that save a figure as numbers, as a drawing and as a picture.
pub(super) fn buttons(files: &str, figure: &Rc<Figure>) -> Html {
    let button = |(save, label): (Save, &'static str)| {
        let (name, figure) = (format!("{files}-{}", figure.id), figure.clone());
        let what = format!(": {}", figure.title);
        html! {
            <button type="button" class="link" onclick={move |_: MouseEvent| save(&name, &figure)}>
                { label }<span class="visually-hidden">{ what }</span>
            </button>
        }
    };
    let kinds: [(Save, &'static str); 3] = [(csv, "CSV"), (svg, "SVG"), (png, "PNG")];
    html! { <p class="save" role="group" aria-label="Save this figure">{ "Save as " }{ for kinds.map(button) }</p> }
}

fn csv(name: &str, figure: &Figure) {
    save_text(&format!("{name}.csv"), "text/csv", &figure.csv());
}

fn svg(name: &str, figure: &Figure) {
    save_text(&format!("{name}.svg"), SVG, &figure.svg(WIDTH));
}

/// As a picture; as a drawing, where a content security policy keeps the page from making a picture of it.
fn png(name: &str, figure: &Figure) {
    let (name, drawing) = (name.to_owned(), figure.svg(WIDTH));
    spawn_local(async move {
        if picture(&name, &drawing).await.is_err() {
            save_text(&format!("{name}.svg"), SVG, &drawing);
        }
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
