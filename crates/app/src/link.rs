//! Buttons that look like links: for what is pressed seldom.

use yew::prelude::*;

/// Such a button. `of` says what it is about to those who do not see where it stands.
pub fn link(label: &'static str, of: Option<&str>, press: Callback<MouseEvent>) -> Html {
    folding_link(label, of, None, press)
}

/// One that shows or hides something, which is `open` or not.
pub fn folding_link(label: &'static str, of: Option<&str>, open: Option<bool>, press: Callback<MouseEvent>) -> Html {
    html! {
        <button type="button" class="link" aria-expanded={open.map(|open| if open { "true" } else { "false" })} onclick={press}>
            { label }
            { of.map(|of| html! { <span class="visually-hidden">{ [": ", of].concat() }</span> }) }
        </button>
    }
}
