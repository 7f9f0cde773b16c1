//! The page: a yew user interface over labs and traces. Everything that happens is an [`state::Action`]; [`reduce`] says what it
//! does; [`page`] shows the state and carries out what is to be done.
#![forbid(unsafe_code)]
// The modules are built without what it would show.
#![cfg_attr(not(test), warn(clippy::use_debug))]

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
mod lesson;
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
        let message = "This page is made of parts of different versions. Reload it.";
        return root.set_text_content(Some(message));
    };
    // The static first paint is what a reader sees until here; it makes room for the page.
    root.set_text_content(None);
    yew::Renderer::<page::Page>::with_root_and_props(root, page::PageProps { sheet: Handle::new(sheet) }).render();
}
