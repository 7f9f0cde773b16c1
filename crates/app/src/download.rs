//! Downloads, and texts to copy.

use js_sys::Array;
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::{JsFuture, spawn_local};
use web_sys::{Blob, BlobPropertyBag, HtmlAnchorElement, Url};
use yew::prelude::*;

/// Saves `text` as a file. If the browser refuses, it tells the reader itself.
pub fn save_text(name: &str, kind: &str, text: &str) {
    let options = BlobPropertyBag::new();
    options.set_type(kind);
    if let Ok(blob) = Blob::new_with_str_sequence_and_options(&Array::of1(&text.into()), &options) {
        let _ = save(name, &blob);
    }
}

/// Saves `blob` as a file.
///
/// # Errors
/// The browser's error.
pub fn save(name: &str, blob: &Blob) -> Result<(), JsValue> {
    let document = web_sys::window().and_then(|window| window.document()).ok_or("no document")?;
    let url = Url::create_object_url_with_blob(blob)?;
    let link: HtmlAnchorElement = document.create_element("a")?.dyn_into()?;
    link.set_href(&url);
    link.set_download(name);
    link.click();
    Url::revoke_object_url(&url)
}

/// The button's properties.
#[derive(PartialEq, Properties)]
pub struct CopyProps {
    /// The text.
    pub text: AttrValue,
    /// The button's label: "Copy the link".
    pub label: AttrValue,
}

/// A button that copies a text, and reports whether that worked.
pub struct Copy {
    said: &'static str,
}

/// The button's messages.
pub enum Press {
    /// It was pressed.
    Copy,
    /// Whether the text was copied.
    Done(bool),
}

impl Component for Copy {
    type Message = Press;
    type Properties = CopyProps;

    fn create(_ctx: &Context<Self>) -> Self {
        Copy { said: "" }
    }

    fn changed(&mut self, ctx: &Context<Self>, old: &Self::Properties) -> bool {
        if ctx.props().text != old.text {
            self.said = "";
        }
        true
    }

    fn update(&mut self, ctx: &Context<Self>, press: Press) -> bool {
        match press {
            Press::Copy => {
                let clipboard = web_sys::window().map(|window| window.navigator().clipboard());
                let (link, text) = (ctx.link().clone(), ctx.props().text.clone());
                spawn_local(async move {
                    // Only secure pages have a clipboard, and a frame may not be allowed to use it.
                    let copied = match clipboard.filter(|clipboard| !clipboard.is_undefined()) {
                        Some(clipboard) => JsFuture::from(clipboard.write_text(&text)).await.is_ok(),
                        None => false,
                    };
                    link.send_message(Press::Done(copied));
                });
                false
            }
            Press::Done(copied) => {
                self.said =
                    if copied { "Copied." } else { "The browser does not allow it: select the text and copy it." };
                true
            }
        }
    }

    fn view(&self, ctx: &Context<Self>) -> Html {
        html! {
            <span class="copy">
                <button type="button" onclick={ctx.link().callback(|_| Press::Copy)}>{ &ctx.props().label }</button>
                <span role="status">{ self.said }</span>
            </span>
        }
    }
}
