//! The page: a yew user interface over labs and traces. Everything that happens is a [`action::Action`]; [`reduce`]
//! changes the state; [`page`] shows it and carries out effects.
#![forbid(unsafe_code)]
// `{:?}` prints nothing in the WebAssembly modules: they are built without it.
#![cfg_attr(not(test), warn(clippy::use_debug))]

mod action;
mod client;
mod contract;
mod controls;
mod desk;
mod download;
mod exports;
mod figures;
mod findings;
mod guess;
mod handle;
mod lab;
mod link;
mod packing;
mod page;
mod place;
mod presets;
mod program;
mod reduce;
mod room;
mod run_bar;
mod share;
mod state;
mod timeline;
mod turn;
mod visible;

use crate::handle::Handle;

fn main() {
    let document = web_sys::window().and_then(|window| window.document());
    let Some(root) = document.and_then(|document| document.get_element_by_id("app")) else { return };
    let Some(sheet) = lab::sheet() else {
        let message = "Parts of this page are from different versions. Reload it.";
        return root.set_text_content(Some(message));
    };
    // Until here the reader sees the static first paint; the page replaces it.
    root.set_text_content(None);
    yew::Renderer::<page::Page>::with_root_and_props(root, page::PageProps { sheet: Handle::new(sheet) }).render();
}
