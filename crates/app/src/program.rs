//! The same thing as code: programs that do the tasks on the page, to run elsewhere.

use crate::download::{Copy, save_text};
use interleave_labs::code::{Language, Program, program};
use interleave_labs::compare::{Args, Mode};
use js_sys::Reflect;
use std::rc::Rc;
use wasm_bindgen::prelude::*;
use web_sys::{HtmlDetailsElement, HtmlElement, HtmlSelectElement};
use yew::prelude::*;

/// What the program is of.
#[derive(PartialEq, Properties)]
pub struct ProgramsProps {
    /// The settings in force.
    pub args: Rc<Args>,
}

/// What the reader sees.
#[derive(Clone, Copy)]
enum Panel {
    Closed,
    /// That the layouts are on their way.
    Waiting,
    /// A program, or that there are no layouts to write it with.
    Open,
}

/// A program in a language and a mode of the reader's choice. It is written only when it is looked at.
#[component]
pub fn Programs(props: &ProgramsProps) -> Html {
    let panel = use_state(|| Panel::Closed);
    let mode = use_state(|| Mode::Threads);
    let language = use_state(|| Language::Python);
    let toggle = {
        let panel = panel.setter();
        move |event: Event| {
            let Some(details) = event.target_dyn_into::<HtmlDetailsElement>() else { return };
            let next = if !details.open() {
                Panel::Closed
            } else if layouts().is_some() {
                Panel::Open
            } else {
                let panel = panel.clone();
                // The reader may have closed it meanwhile.
                let here = move || panel.set(if details.open() { Panel::Open } else { Panel::Closed });
                load_layouts(here).map_or(Panel::Open, |()| Panel::Waiting)
            };
            panel.set(next);
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
    let layouts = layouts();
    let layout = |name: &str| Reflect::get(layouts.as_ref()?, &name.into()).ok()?.as_string();
    let written = |program: Program| {
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
    };
    let body = match *panel {
        Panel::Closed => html! {},
        Panel::Waiting => html! { <p role="status">{ "Loading…" }</p> },
        Panel::Open => match program(&layout, &props.args, *mode, *language) {
            Some(program) => written(program),
            None => html! {
                <p class="failure" role="alert">
                    { "The programs could not be loaded. Check the connection, then close this and open it again." }
                </p>
            },
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
fn layouts() -> Option<JsValue> {
    Reflect::get(&js_sys::global(), &"interleaveLayouts".into()).ok().filter(JsValue::is_object)
}

/// Asks for the layouts, and calls `then` when they are here or cannot be had. They are a plain script: the only thing that loads in
/// a frame without an origin.
fn load_layouts(then: impl FnOnce() + 'static) -> Option<()> {
    let document = web_sys::window()?.document()?;
    let file = document.query_selector("meta[name=interleave-programs]").ok()??.get_attribute("content")?;
    let script: HtmlElement = document.create_element("script").ok()?.dyn_into().ok()?;
    script.set_attribute("src", &file).ok()?;
    let then = Closure::once_into_js(then);
    script.set_onload(Some(then.unchecked_ref()));
    script.set_onerror(Some(then.unchecked_ref()));
    document.head()?.append_child(&script).ok()?;
    Some(())
}
