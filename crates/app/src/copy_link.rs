//! The page's address, which holds the settings, for the clipboard.

use wasm_bindgen_futures::{JsFuture, spawn_local};
use yew::prelude::*;

/// Copies the address, and says so.
#[component]
pub fn CopyLink() -> Html {
    let copied = use_state(|| false);
    let said = copied.setter();
    let copy = move |_: MouseEvent| {
        let Some(window) = web_sys::window() else { return };
        let clipboard = window.navigator().clipboard();
        // Only pages of a secure origin have a clipboard.
        if let (false, Ok(address)) = (clipboard.is_undefined(), window.location().href()) {
            let said = said.clone();
            spawn_local(async move { said.set(JsFuture::from(clipboard.write_text(&address)).await.is_ok()) });
        }
    };
    html! {
        <>
            <button type="button" class="link" onclick={copy}>{ "Copy a link to these settings" }</button>
            <span role="status">{ if *copied { " Copied." } else { "" } }</span>
        </>
    }
}
