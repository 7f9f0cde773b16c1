//! Programs that do what is set on the page, to run elsewhere. The desk writes them.

use crate::action::Action;
use crate::desk;
use crate::download::{Copy, save_text};
use crate::handle::Handle;
use crate::lab;
use crate::state::{Look, Written};
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
    /// What the desk has written.
    pub written: Written,
    /// Takes what the reader looks at.
    pub act: Callback<Action>,
    /// The program that was asked for last, and how often one was.
    pub asked: (String, u32),
}

/// What the reader sees.
#[derive(Clone, Copy, PartialEq, Eq)]
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
pub struct Programs {
    details: NodeRef,
    panel: Panel,
    program: String,
    language: Language,
}

/// What can happen to the programs.
pub enum Msg {
    /// The reader opened or closed them.
    Toggle(Event),
    /// The layouts are here, or cannot be had.
    Come(HtmlDetailsElement),
    /// The reader chose a language by its slug.
    Language(String),
    /// The reader chose a program by its slug.
    Program(String),
}

impl Component for Programs {
    type Message = Msg;
    type Properties = ProgramsProps;

    fn create(ctx: &Context<Self>) -> Self {
        let program = ctx.props().sheet.programs.first().map_or_else(String::new, |(slug, _)| slug.clone());
        Programs { details: NodeRef::default(), panel: Panel::Closed, program, language: Language::Python }
    }

    fn changed(&mut self, ctx: &Context<Self>, old: &Self::Properties) -> bool {
        let asked = &ctx.props().asked;
        if *asked != old.asked
            && let Some(details) = self.details.cast::<HtmlDetailsElement>()
        {
            details.set_open(true);
            details.scroll_into_view();
            ctx.link().send_message(Msg::Program(asked.0.clone()));
        }
        true
    }

    fn update(&mut self, ctx: &Context<Self>, msg: Msg) -> bool {
        match msg {
            Msg::Toggle(event) => {
                let Some(details) = event.target_dyn_into::<HtmlDetailsElement>() else { return false };
                self.panel = if !details.open() {
                    Panel::Closed
                } else if layouts().is_some() {
                    Panel::Open
                } else {
                    ctx.link().send_future(async move {
                        if let Some(layouts) = lab::file("programs") {
                            // What it says if it fails shows as no layouts.
                            let _ = desk::load(&layouts).await;
                        }
                        Msg::Come(details)
                    });
                    Panel::Waiting
                };
            }
            Msg::Come(details) => {
                self.panel = match layouts() {
                    // The reader may have closed it meanwhile.
                    _ if !details.open() => Panel::Closed,
                    Some(_) => Panel::Open,
                    None => Panel::Failed,
                }
            }
            Msg::Language(slug) => {
                let known = Language::ALL.into_iter().find(|known| known.slug() == slug);
                self.language = known.unwrap_or(self.language);
            }
            Msg::Program(slug) => self.program = slug,
        }
        let layouts = if self.panel == Panel::Open { layouts() } else { None };
        ctx.props().act.emit(Action::Look(layouts.map(|layouts| Look {
            program: self.program.clone(),
            language: self.language,
            layouts: Handle::new(layouts),
        })));
        true
    }

    fn view(&self, ctx: &Context<Self>) -> Html {
        let body = match (self.panel, &ctx.props().written) {
            (Panel::Closed, _) => html! {},
            (Panel::Open, Written::Done(program)) => self.written(ctx, program),
            (Panel::Waiting, _) | (Panel::Open, Written::Awaited) => html! { <p role="status">{ "Loading…" }</p> },
            (Panel::Failed, _) | (Panel::Open, Written::Failed) => html! {
                <p class="failure" role="alert">
                    { "The programs could not be loaded. Check the connection, then close this and open it again." }
                </p>
            },
        };
        html! {
            <details class="programs" ref={self.details.clone()} ontoggle={ctx.link().callback(Msg::Toggle)}>
                <summary>{ "The same thing as code" }</summary>
                { body }
            </details>
        }
    }
}

impl Programs {
    fn written(&self, ctx: &Context<Self>, program: &Program) -> Html {
        let languages = Language::ALL.map(|known| {
            html! { <option value={known.slug()} selected={known == self.language}>{ known.name() }</option> }
        });
        let programs = ctx.props().sheet.programs.iter().map(|(slug, name)| {
            html! { <option value={slug.clone()} selected={*slug == self.program}>{ name }</option> }
        });
        let chosen = |event: Event| event.target_dyn_into::<HtmlSelectElement>().map(|select| select.value());
        let language = ctx.link().batch_callback(move |event| chosen(event).map(Msg::Language));
        let choose = ctx.link().batch_callback(move |event| chosen(event).map(Msg::Program));
        let text: AttrValue = program.text.clone().into();
        let (name, content) = (program.file_name.clone(), text.clone());
        html! {
            <>
                <p class="actions">
                    <label>{ "Language " }<select name="language" onchange={language}>{ for languages }</select></label>
                    <label>{ "Program " }<select name="program" onchange={choose}>{ for programs }</select></label>
                    <Copy text={text.clone()} label="Copy" />
                    <button type="button" onclick={move |_: MouseEvent| save_text(&name, "text/plain", &content)}>{ "Download" }</button>
                    { program.opens.as_ref().map(|query| html! { <a href={["?", query].concat()}>{ "Run it here" }</a> }) }
                </p>
                <p>{ "Run it with " }<code>{ &program.how_to_run }</code>{ "." }</p>
                <pre tabindex="0" role="region" aria-label="The program"><code>{ text }</code></pre>
            </>
        }
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
