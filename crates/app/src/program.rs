//! The same thing as code: programs that do what is set on the page, to run elsewhere. The desk writes them.

use crate::desk;
use crate::download::{Copy, save_text};
use crate::handle::Handle;
use crate::lab;
use crate::state::{Action, Look};
use interleave_labs::Sheet;
use interleave_labs::code::{Language, Program};
use js_sys::{Array, Object, Reflect};
use wasm_bindgen::prelude::*;
use web_sys::{HtmlDetailsElement, HtmlSelectElement};
use yew::prelude::*;

/// What the program is of.
#[derive(PartialEq, Properties)]
pub struct ProgramsProps {
    /// The lab.
    pub sheet: Handle<Sheet>,
    /// What the desk has written, once it has.
    pub written: Option<Handle<Program>>,
    /// Takes what the reader looks at.
    pub act: Callback<Action>,
}

/// What the reader sees.
#[derive(Clone, PartialEq)]
enum Panel {
    Closed,
    /// That the layouts are on their way.
    Waiting,
    /// That they cannot be had.
    Failed,
    /// A program, as soon as it is written.
    Open,
}

/// A program in a language of the reader's choice. It is written only when it is looked at.
#[component]
pub fn Programs(props: &ProgramsProps) -> Html {
    let panel = use_state_eq(|| Panel::Closed);
    let chosen = use_state_eq(|| {
        (props.sheet.programs.first().map_or_else(String::new, |(slug, _)| slug.clone()), Language::Python)
    });
    {
        let act = props.act.clone();
        use_effect_with(((*panel).clone(), (*chosen).clone()), move |(panel, (program, language))| {
            let layouts = if *panel == Panel::Open { layouts() } else { None };
            let look = layouts.map(|layouts| Look {
                program: program.clone(),
                language: *language,
                layouts: Handle::new(layouts),
            });
            act.emit(Action::Look(look));
        });
    }
    let toggle = {
        let panel = panel.setter();
        move |event: Event| {
            let Some(details) = event.target_dyn_into::<HtmlDetailsElement>() else { return };
            let come = || if layouts().is_some() { Panel::Open } else { Panel::Failed };
            if !details.open() {
                return panel.set(Panel::Closed);
            }
            if layouts().is_some() {
                return panel.set(Panel::Open);
            }
            let later = panel.clone();
            // The reader may have closed it meanwhile.
            let here = move || later.set(if details.open() { come() } else { Panel::Closed });
            panel.set(load_layouts(here).map_or(Panel::Failed, |()| Panel::Waiting));
        }
    };
    let choose_language = {
        let chosen = chosen.clone();
        move |event: Event| {
            let slug = event.target_dyn_into::<HtmlSelectElement>().map(|select| select.value());
            if let Some(language) = Language::ALL.into_iter().find(|known| Some(known.slug()) == slug.as_deref()) {
                chosen.set((chosen.0.clone(), language));
            }
        }
    };
    let choose_program = {
        let chosen = chosen.clone();
        move |event: Event| {
            if let Some(select) = event.target_dyn_into::<HtmlSelectElement>() {
                chosen.set((select.value(), chosen.1));
            }
        }
    };
    let languages = Language::ALL.map(|known| {
        html! { <option value={known.slug()} selected={known == chosen.1}>{ known.name() }</option> }
    });
    let programs = props.sheet.programs.iter().map(|(slug, name)| {
        html! { <option value={slug.clone()} selected={*slug == chosen.0}>{ name }</option> }
    });
    let written = |program: &Program| {
        let text: AttrValue = program.text.clone().into();
        let (name, content) = (program.file_name.clone(), text.clone());
        html! {
            <>
                <p class="actions">
                    <label>{ "Language " }<select name="language" onchange={choose_language}>{ for languages }</select></label>
                    <label>{ "Program " }<select name="program" onchange={choose_program}>{ for programs }</select></label>
                    <Copy text={text.clone()} label="Copy" />
                    <button type="button" onclick={move |_: MouseEvent| save_text(&name, "text/plain", &content)}>{ "Download" }</button>
                </p>
                <p>{ "Run it with " }<code>{ &program.how_to_run }</code>{ "." }</p>
                <pre tabindex="0" role="region" aria-label="The program"><code>{ text }</code></pre>
            </>
        }
    };
    let body = match (&*panel, &props.written) {
        (Panel::Closed, _) => html! {},
        (Panel::Open, Some(program)) => written(program),
        (Panel::Waiting | Panel::Open, _) => html! { <p role="status">{ "Loading…" }</p> },
        (Panel::Failed, _) => html! {
            <p class="failure" role="alert">
                { "The programs could not be loaded. Check the connection, then close this and open it again." }
            </p>
        },
    };
    html! {
        <details class="programs" ontoggle={toggle}>
            <summary>{ "The same thing as code" }</summary>
            { body }
        </details>
    }
}

/// The layouts of programs by their names, once their script has come.
fn layouts() -> Option<Vec<(String, String)>> {
    let layouts = Reflect::get(&js_sys::global(), &"interleaveLayouts".into()).ok()?.dyn_into::<Object>().ok()?;
    let pair = |entry: JsValue| {
        let entry: Array = entry.dyn_into().ok()?;
        Some((entry.get(0).as_string()?, entry.get(1).as_string()?))
    };
    Object::entries(&layouts).iter().map(pair).collect()
}

/// Asks for the layouts, and calls `then` when they are here or cannot be had.
fn load_layouts(then: impl FnOnce() + 'static) -> Option<()> {
    let then = Closure::once_into_js(then);
    let then = then.unchecked_ref();
    desk::load(&lab::file("programs")?, then, then)
}
