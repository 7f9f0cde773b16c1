//! If the page itself crashes, it says so instead of standing there dead.

use web_sys::{Document, Element, console};

/// Tells the reader and the console of a panic.
pub fn report_panics() {
    yew::set_custom_panic_hook(Box::new(|panic| {
        console::error_1(&panic.to_string().into());
        // The user interface is of no use any more: this goes past it.
        let document = web_sys::window().and_then(|window| window.document());
        let _ = document.as_ref().and_then(show);
    }));
}

fn show(document: &Document) -> Option<Element> {
    let message = document.create_element("p").ok()?;
    message.set_class_name("failure");
    message.set_text_content(Some("Something in this page broke that should not have. Reload it to go on."));
    // The role before the text is in the page, so that it is read out.
    message.set_attribute("role", "alert").ok()?;
    let body = document.query_selector("body").ok()??;
    body.insert_adjacent_element("afterbegin", &message).ok()?
}
