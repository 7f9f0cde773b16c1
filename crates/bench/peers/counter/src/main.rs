//! A bare yew counter.

use yew::prelude::*;

#[component]
fn Counter() -> Html {
    let count = use_state(|| 0);
    let onclick = {
        let count = count.clone();
        move |_: MouseEvent| count.set(*count + 1)
    };
    html! { <main><button {onclick}>{ "+1" }</button><p>{ *count }</p></main> }
}

fn main() {
    yew::Renderer::<Counter>::new().render();
}
