//! Room for a figure that there is not yet, so that nothing moves when it comes.

use wasm_bindgen::JsCast;
use web_sys::HtmlElement;
use yew::prelude::*;

/// How much room, and for what.
#[derive(PartialEq, Properties)]
pub struct RoomProps {
    /// The figure's heading.
    pub title: AttrValue,
    /// How to read it.
    pub caption: AttrValue,
    /// About how high it will be, in pixels.
    pub height: u32,
}

/// An empty figure.
#[component]
pub fn Room(props: &RoomProps) -> Html {
    let room = use_node_ref();
    {
        let room = room.clone();
        use_effect_with(props.height, move |height| {
            // Through the object model: a strict content security policy refuses style attributes.
            if let Some(room) = room.get().and_then(|room| room.dyn_into::<HtmlElement>().ok()) {
                let _ = room.style().set_property("height", &format!("{height}px"));
            }
        });
    }
    html! {
        <figure class="figure room">
            <figcaption><h2>{ &props.title }</h2><p>{ &props.caption }</p></figcaption>
            <div class="empty" ref={room}></div>
        </figure>
    }
}
