//! Predict, then reveal: a guess before the run, if the reader likes.

use crate::action::Action;
use crate::state::State;
use interleave_labs::Guess;
use interleave_labs::sheet::{Answers, GuessedNumber};
use interleave_trace::format::plain;
use web_sys::{HtmlInputElement, HtmlSelectElement};
use yew::prelude::*;

/// The sheet's question. Nothing depends on an answer.
pub fn guess(state: &State, act: &Callback<Action>) -> Html {
    let prediction = &state.sheet.prediction;
    let question = format!("Your guess: {} ", prediction.question);
    let answers: Vec<(String, String)> = match &prediction.answers {
        Answers::None => {
            return html! {
                <div class="guess" role="group" aria-label="Your guess">
                    { question }
                    { prediction.number.as_ref().map(|number| factor(state, number, act)) }
                </div>
            };
        }
        Answers::List(list) => list.clone(),
        Answers::Ticked(name) => {
            let runnable = state.runnable();
            let options = state.sheet.control(name).map_or(&[][..], |control| control.options()).iter();
            let ticked = options.filter(|option| runnable.ticks(name).contains(&option.slug));
            ticked.map(|option| (option.slug.clone(), option.short.clone())).collect()
        }
    };
    let guessed = state.guess.number.or(prediction.number.as_ref().map(|number| number.default));
    let choose = act.reform(move |event: Event| {
        let slug = event.target_dyn_into::<HtmlSelectElement>().map(|select| select.value());
        let answer = slug.filter(|slug| !slug.is_empty());
        Action::Guess(Guess { number: guessed.filter(|_| answer.is_some()), answer })
    });
    let options = answers.into_iter().map(|(slug, words)| {
        let selected = state.guess.answer.as_ref() == Some(&slug);
        html! { <option value={slug} {selected}>{ words }</option> }
    });
    let number = prediction.number.as_ref().filter(|_| state.guess.answer.is_some());
    let by = number.map(|number| factor(state, number, act));
    html! {
        <div class="guess" role="group" aria-label="Your guess">
            <label>{ question }
                <select onchange={choose}>
                    <option value="" selected={state.guess.answer.is_none()}>{ "no guess" }</option>
                    { for options }
                </select>
            </label>
            { by }
        </div>
    }
}

/// The number within its sentence.
fn factor(state: &State, number: &GuessedNumber, act: &Callback<Action>) -> Html {
    let (guess, act, least, most) = (state.guess.clone(), act.clone(), number.min, number.max);
    let change = move |event: InputEvent| {
        let typed = event.target_dyn_into::<HtmlInputElement>().map_or(f64::NAN, |input| input.value_as_number());
        if typed >= least {
            act.emit(Action::Guess(Guess { number: Some(typed.min(most)), ..guess.clone() }));
        }
    };
    // Without an answer to choose, the field is empty until the reader guesses.
    let value = state.guess.number.map_or_else(String::new, plain);
    let step = if number.max > 200.0 { "1" } else { "0.5" };
    html! {
        <label>{ format!(" {} ", number.before) }
            <input type="number" min={plain(least)} max={plain(most)} {step} {value} oninput={change} />
            { format!(" {}", number.after) }
        </label>
    }
}
