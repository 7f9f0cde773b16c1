//! What to read beside the figure. It never changes, so it is drawn once.

use interleave_labs::compare::lesson::LESSON;
use interleave_labs::compare::{CONTROLS, Mode};
use yew::prelude::*;

/// What the modes and settings are, and the lesson.
#[component]
pub fn Lesson() -> Html {
    let modes = Mode::ALL.map(|mode| html! { <><dt>{ mode.short() }</dt><dd>{ mode.how() }</dd></> });
    let settings = CONTROLS.iter().map(|control| html! { <><dt>{ control.label }</dt><dd>{ control.help }</dd></> });
    let sections = LESSON.iter().map(|section| {
        html! {
            <section>
                <h2>{ section.heading }</h2>
                { for section.paragraphs.iter().map(|text| html! { <p>{ *text }</p> }) }
            </section>
        }
    });
    html! {
        <article class="lesson">
            <section><h2>{ "Six ways to do the same tasks" }</h2><dl>{ for modes }</dl></section>
            { for sections }
            <section><h2>{ "What the settings mean" }</h2><dl>{ for settings }</dl></section>
        </article>
    }
}

/// Where it all happens.
pub fn footer() -> Html {
    html! {
        <footer>
            <p>{ "Everything runs in your browser: nothing is sent anywhere. Computing is a fixed amount of work, calibrated before each \
                  run, so that threads that share a core are seen to slow each other down." }</p>
        </footer>
    }
}
