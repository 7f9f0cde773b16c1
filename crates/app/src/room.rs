//! Room for a figure to come, so that nothing moves when it does.

use web_sys::HtmlElement;
use yew::prelude::*;

/// The empty figure's properties.
#[derive(PartialEq, Properties)]
pub struct RoomProps {
    /// The figure's heading.
    pub title: AttrValue,
    /// How to read it.
    pub caption: AttrValue,
    /// About how high it will be, in pixels: on a wide page, and on a phone.
    pub height: [u32; 2],
}

/// An empty figure.
pub struct Room {
    room: NodeRef,
}

impl Component for Room {
    type Message = ();
    type Properties = RoomProps;

    fn create(_ctx: &Context<Self>) -> Self {
        Room { room: NodeRef::default() }
    }

    fn view(&self, ctx: &Context<Self>) -> Html {
        let RoomProps { title, caption, .. } = ctx.props();
        html! {
            <figure class="figure room">
                <figcaption><h2>{ title }</h2><p>{ caption }</p></figcaption>
                <div class="empty" ref={self.room.clone()}></div>
            </figure>
        }
    }

    fn rendered(&mut self, ctx: &Context<Self>, _first: bool) {
        // Through the DOM, because a strict content security policy refuses style attributes.
        if let Some(room) = self.room.cast::<HtmlElement>() {
            for (name, height) in ["--wide", "--narrow"].into_iter().zip(ctx.props().height) {
                let _ = room.style().set_property(name, &format!("{height}px"));
            }
        }
    }
}
