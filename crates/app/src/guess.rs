//! Predict, then reveal: a guess before the run, if the reader likes.

use crate::state::Action;
use interleave_labs::compare::Mode;
use interleave_labs::compare::predict::Prediction;
use wasm_bindgen::JsCast;
use web_sys::{HtmlInputElement, HtmlSelectElement};
use yew::prelude::*;

/// Which mode will win, and by how much. Nothing depends on an answer.
pub fn guess(modes: &[Mode], guess: Option<Prediction>, act: &Callback<Action>) -> Html {
    let factor = guess.map_or(2.0, |guess| guess.factor);
    let choose = act.reform(move |event: Event| {
        let select = event.target().and_then(|target| target.dyn_into::<HtmlSelectElement>().ok());
        let mode = select.and_then(|select| Mode::from_slug(&select.value()));
        Action::Guess(mode.map(|fastest| Prediction { fastest, factor }))
    });
    let options = modes.iter().map(|mode| {
        let selected = guess.is_some_and(|guess| guess.fastest == *mode);
        html! { <option value={mode.slug()} {selected}>{ mode.short() }</option> }
    });
    let act = act.clone();
    let by = guess.map(|guess| {
        let change = move |event: InputEvent| {
            let input = event.target().and_then(|target| target.dyn_into::<HtmlInputElement>().ok());
            let factor = input.map_or(f64::NAN, |input| input.value_as_number());
            if factor >= 1.0 {
                act.emit(Action::Guess(Some(Prediction { factor: factor.min(64.0), ..guess })));
            }
        };
        html! {
            <label>{ " It will be " }
                <input type="number" min="1" max="64" step="0.5" value={guess.factor.to_string()} oninput={change} />
                { " times as fast as the slowest." }
            </label>
        }
    });
    html! {
        <div class="guess" role="group" aria-label="Your prediction">
            <label>{ "Your guess: which will be fastest? " }
                <select onchange={choose}>
                    <option value="" selected={guess.is_none()}>{ "no guess" }</option>
                    { for options }
                </select>
            </label>
            { by }
        </div>
    }
}
