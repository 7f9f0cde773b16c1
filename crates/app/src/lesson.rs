//! What to read beside the figures. It never changes, so it is drawn once.

use crate::handle::Handle;
use interleave_labs::Sheet;
use yew::prelude::*;

/// Whose lesson.
#[derive(PartialEq, Properties)]
pub struct LessonProps {
    /// The lab's sheet.
    pub sheet: Handle<Sheet>,
}

/// What can be chosen, the lesson, and what the settings mean.
pub struct Lesson;

impl Component for Lesson {
    type Message = ();
    type Properties = LessonProps;

    fn create(_ctx: &Context<Self>) -> Self {
        Lesson
    }

    fn view(&self, ctx: &Context<Self>) -> Html {
        let sheet = &ctx.props().sheet;
        let choices = sheet.controls.iter().filter(|control| !control.options().is_empty()).map(|control| {
            let options = control.options().iter();
            let options = options.map(|option| html! { <><dt>{ &option.short }</dt><dd>{ &option.help }</dd></> });
            html! { <section><h2>{ &control.label }</h2><dl>{ for options }</dl></section> }
        });
        let sections = sheet.lesson.iter().map(|section| {
            html! {
                <section>
                    <h2>{ &section.heading }</h2>
                    { for section.paragraphs.iter().map(|text| html! { <p>{ text }</p> }) }
                </section>
            }
        });
        let settings = sheet.controls.iter();
        let settings = settings.map(|control| html! { <><dt>{ &control.label }</dt><dd>{ &control.help }</dd></> });
        html! {
            <article class="lesson">
                { for choices }
                { for sections }
                <section><h2>{ "What the settings mean" }</h2><dl>{ for settings }</dl></section>
            </article>
        }
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
