//! What to read beside the figures. It never changes, so it is drawn once.

use crate::handle::Handle;
use interleave_labs::Sheet;
use interleave_labs::control::Control;
use yew::prelude::*;

/// Whose lesson.
#[derive(PartialEq, Properties)]
pub struct LessonProps {
    /// The lab's sheet.
    pub sheet: Handle<Sheet>,
}

/// What can be chosen, the lesson, and what the settings mean.
#[component]
pub fn Lesson(props: &LessonProps) -> Html {
    let choices =
        props.sheet.controls.iter().filter(|control| !control.options().is_empty()).map(|control: &Control| {
            let options = control.options().iter();
            let options = options.map(|option| html! { <><dt>{ &option.short }</dt><dd>{ &option.help }</dd></> });
            html! { <section><h2>{ &control.label }</h2><dl>{ for options }</dl></section> }
        });
    let sections = props.sheet.lesson.iter().map(|section| {
        html! {
            <section>
                <h2>{ &section.heading }</h2>
                { for section.paragraphs.iter().map(|text| html! { <p>{ text }</p> }) }
            </section>
        }
    });
    let settings =
        props.sheet.controls.iter().map(|control| html! { <><dt>{ &control.label }</dt><dd>{ &control.help }</dd></> });
    html! {
        <article class="lesson">
            { for choices }
            { for sections }
            <section><h2>{ "What the settings mean" }</h2><dl>{ for settings }</dl></section>
        </article>
    }
}

/// Where it all happens.
pub fn footer() -> Html {
    html! {
        <footer>
            <p>{ "Everything runs in your browser: nothing is sent anywhere." }</p>
        </footer>
    }
}
