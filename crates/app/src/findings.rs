//! What the measurement says, and what can be taken away of it.

use crate::copy_link::CopyLink;
use crate::state::Outcome;
use interleave_labs::result::ResultFile;
use js_sys::Array;
use std::rc::Rc;
use wasm_bindgen::prelude::*;
use web_sys::{Blob, BlobPropertyBag, HtmlAnchorElement, Url};
use yew::prelude::*;

/// What was measured.
#[derive(PartialEq, Properties)]
pub struct FindingsProps {
    /// The last run's, if it has ended.
    pub outcome: Option<Rc<Outcome>>,
}

/// The findings of the last run.
#[component]
pub fn Findings(props: &FindingsProps) -> Html {
    let Some(outcome) = props.outcome.clone() else { return html! {} };
    let result = &outcome.result;
    let host = &result.host;
    let about = format!(
        "Measured on {} cores, as the browser counts them, with a clock that tells {} µs apart.",
        host.cores, host.timer_us
    );
    let for_download = outcome.clone();
    let download = move |_: MouseEvent| {
        // Nothing to tell if the browser refuses: it says so itself.
        let _ = save(&for_download.result);
    };
    html! {
        <section class="findings" aria-labelledby="findings-title">
            <h2 id="findings-title">{ "What was measured" }</h2>
            <ul>{ for result.findings.iter().map(|finding| html! { <li key={finding.id.clone()}>{ &finding.text }</li> }) }</ul>
            <p class="about">{ about }</p>
            <p class="actions"><button type="button" class="link" onclick={download}>{ "Download the result (JSON)" }</button>
                <CopyLink /></p>
        </section>
    }
}

/// Saves a result as a file.
fn save(result: &ResultFile) -> Result<(), JsValue> {
    let document = web_sys::window().and_then(|window| window.document()).ok_or("no document")?;
    let options = BlobPropertyBag::new();
    options.set_type("application/json");
    let blob = Blob::new_with_str_sequence_and_options(&Array::of1(&result.to_json().into()), &options)?;
    let url = Url::create_object_url_with_blob(&blob)?;
    let link: HtmlAnchorElement = document.create_element("a")?.dyn_into()?;
    link.set_href(&url);
    link.set_download("interleave-compare.json");
    link.click();
    Url::revoke_object_url(&url)
}
