//! The same thing as code: programs that do the tasks on the page, to run elsewhere.

use crate::download::{Copy, save_text};
use interleave_labs::code::{Language, program};
use interleave_labs::compare::{Args, Mode};
use std::rc::Rc;
use web_sys::HtmlSelectElement;
use yew::prelude::*;

/// What the program is of.
#[derive(PartialEq, Properties)]
pub struct ProgramsProps {
    /// The settings in force.
    pub args: Rc<Args>,
}

/// A program in a language and a mode of the reader's choice. It is written only when it is looked at.
#[component]
pub fn Programs(props: &ProgramsProps) -> Html {
    let open = use_state(|| false);
    let mode = use_state(|| Mode::Threads);
    let language = use_state(|| Language::Python);
    let toggle = {
        let open = open.clone();
        move |event: Event| {
            if let Some(details) = event.target_dyn_into::<web_sys::HtmlDetailsElement>() {
                open.set(details.open());
            }
        }
    };
    let choose_language = {
        let language = language.clone();
        move |event: Event| {
            let slug = event.target_dyn_into::<HtmlSelectElement>().map(|select| select.value());
            if let Some(chosen) = Language::ALL.into_iter().find(|known| Some(known.slug()) == slug.as_deref()) {
                language.set(chosen);
            }
        }
    };
    let choose_mode = {
        let mode = mode.clone();
        move |event: Event| {
            let slug = event.target_dyn_into::<HtmlSelectElement>().map(|select| select.value());
            if let Some(chosen) = slug.and_then(|slug| Mode::from_slug(&slug)) {
                mode.set(chosen);
            }
        }
    };
    let languages = Language::ALL.map(|known| {
        html! { <option value={known.slug()} selected={known == *language}>{ known.name() }</option> }
    });
    let modes = Mode::ALL.map(|known| {
        html! { <option value={known.slug()} selected={known == *mode}>{ known.name() }</option> }
    });
    let body = open.then(|| {
        let program = program(&props.args, *mode, *language);
        let text: AttrValue = program.text.into();
        let (name, content) = (program.file_name, text.clone());
        html! {
            <>
                <p class="actions">
                    <label>{ "Language " }<select name="language" onchange={choose_language}>{ for languages }</select></label>
                    <label>{ "Mode " }<select name="code-mode" onchange={choose_mode}>{ for modes }</select></label>
                    <Copy text={text.clone()} label="Copy" />
                    <button type="button" onclick={move |_: MouseEvent| save_text(name, "text/plain", &content)}>{ "Download" }</button>
                </p>
                <p>{ "Run it with " }<code>{ program.how_to_run }</code>{ "." }</p>
                <pre tabindex="0" role="region" aria-label="The program"><code>{ text }</code></pre>
            </>
        }
    });
    html! {
        <details class="programs" ontoggle={toggle}>
            <summary>{ "The same thing as code" }</summary>
            { body }
        </details>
    }
}
