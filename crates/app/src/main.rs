//! The page: a yew user interface over labs and traces. Everything that happens is an [`state::Action`]; [`reduce`] says what it
//! does; [`page`] shows the state and carries out what is to be done.
#![forbid(unsafe_code)]
// The modules are built without what it would show.
#![cfg_attr(not(test), warn(clippy::use_debug))]

mod client;
mod contract;
mod controls;
mod download;
mod exports;
mod findings;
mod guess;
mod json;
mod lesson;
mod modes;
mod page;
mod place;
mod plan_editor;
mod presets;
mod program;
mod reduce;
mod run_bar;
mod share;
mod state;
mod timeline;
mod turn;
mod visible;

fn main() {
    let document = web_sys::window().and_then(|window| window.document());
    // The static first paint is what a reader sees until here; it makes room for the page.
    if let Some(root) = document.and_then(|document| document.get_element_by_id("app")) {
        root.set_text_content(None);
        yew::Renderer::<page::Page>::with_root(root).render();
    }
}
