//! The controls: a view for each kind.

pub mod editor;
mod number;
mod plan;
mod ticks;

use crate::action::Change;
use crate::handle::Handle;
use crate::state::Line;
use interleave_labs::control::{Control, Kind, Syntax};
use interleave_labs::{Mark, Sheet, Value, Values};
use web_sys::{HtmlSelectElement, HtmlTextAreaElement};
use yew::prelude::*;

/// The controls, and what sets them.
pub struct Controls<'a> {
    /// The controls.
    pub sheet: &'a Handle<Sheet>,
    /// Their values.
    pub values: &'a Handle<Values>,
    /// Called with what the reader changes.
    pub change: &'a Callback<Change>,
    /// The control whose boxes stand in the rows of the figure.
    pub in_rows: Option<&'a str>,
    /// Whether threads share memory here; if not, what needs that is switched off.
    pub shared_memory: bool,
    /// What is wrong with the texts.
    pub marks: &'a Handle<Vec<Mark>>,
    /// The line of a text that the reader looks at.
    pub line: Option<Line>,
}

impl Controls<'_> {
    /// The controls that a newcomer needs, or (`more`) the others.
    pub fn view(&self, more: bool) -> Html {
        let wanted = || {
            let apart = move |control: &Control| self.in_rows == Some(&control.name) || (!more && control.is_code());
            let here = move |control: &&Control| control.more == more && !apart(control);
            self.sheet.controls.iter().filter(here)
        };
        let numbers = wanted().filter_map(|control| match &control.kind {
            Kind::Number(range) => Some(number::number(self, control, range)),
            _ => None,
        });
        let others = wanted().filter_map(|control| match &control.kind {
            Kind::Number(_) => None,
            Kind::Ticks(options) => Some(ticks::ticks(self, control, options)),
            Kind::Choice { options, .. } => {
                let chosen = self.values.choice(&control.name);
                let options = options.iter().map(|option| {
                    let disabled = option.needs_shared_memory && !self.shared_memory;
                    html! { <option value={option.slug.clone()} selected={option.slug == chosen} {disabled}>{ &option.name }</option> }
                });
                let change = self.on(control, |event: Event| {
                    event.target_dyn_into::<HtmlSelectElement>().map(|select| Value::Choice(select.value()))
                });
                Some(html! {
                    <label class="choice" title={control.help.clone()}>
                        { format!("{} ", control.label) }
                        <select name={control.name.clone()} onchange={change}>{ for options }</select>
                    </label>
                })
            }
            Kind::Plan { .. } => {
                Some(html! { <plan::PlanEditor sheet={self.sheet.clone()} values={self.values.clone()} change={self.change.clone()} control={control.name.clone()} /> })
            }
            Kind::Text { syntax: Syntax::Plain, lines, .. } => {
                let change = self.on(control, |event: InputEvent| {
                    event.target_dyn_into::<HtmlTextAreaElement>().map(|area| Value::Text(area.value()))
                });
                Some(html! {
                    <label class="text" title={control.help.clone()}>
                        { &control.label }
                        <textarea name={control.name.clone()} rows={lines.to_string()} spellcheck="false" oninput={change}
                            value={self.values.text(&control.name).to_owned()} />
                    </label>
                })
            }
            Kind::Text { .. } => editor::editor(self, control),
        });
        let replaced = !more && self.sheet.plan(self.values).is_some();
        html! {
            <>
                <div class="controls">
                    { for numbers }
                    { if replaced { html! { <p class="reason">{ "The tasks are set one by one, under “More”." }</p> } } else { html! {} } }
                </div>
                <div class="options">{ for others }</div>
            </>
        }
    }

    /// What the reader writes code in, for which a strip has no room; nothing where that is folded away.
    pub fn editors(&self) -> Option<Html> {
        let here = self.sheet.controls.iter().filter(|control| !control.more);
        let mut editors = here.filter_map(|control| editor::editor(self, control)).peekable();
        editors.peek()?;
        Some(html! { <div class="editors">{ for editors }</div> })
    }

    /// Sets a control from an event.
    fn on<E: 'static>(&self, control: &Control, value: impl Fn(E) -> Option<Value> + 'static) -> Callback<E> {
        let (name, change) = (control.name.clone(), self.change.clone());
        Callback::from(move |event: E| {
            if let Some(value) = value(event) {
                change.emit(Change::Value(name.clone(), value));
            }
        })
    }
}

/// The settings in a few words, shown when they are folded away.
#[must_use]
pub fn in_words(sheet: &Sheet, values: &Values) -> String {
    let plan = sheet.plan(values).map(|plan| format!("plan {plan}"));
    let word = |control: &Control| match &control.kind {
        Kind::Number(range) if !control.more && !sheet.is_replaced(&control.name, values) => {
            let space = if range.unit.is_empty() { "" } else { " " };
            Some(format!("{} {}{space}{}", control.label, values.number(&control.name), range.unit))
        }
        Kind::Choice { options, .. } if !control.more => {
            options.iter().find(|option| option.slug == values.choice(&control.name)).map(|option| option.name.clone())
        }
        _ => None,
    };
    let words: Vec<String> = plan.into_iter().chain(sheet.controls.iter().filter_map(word)).collect();
    if words.is_empty() { "Settings".to_owned() } else { words.join(", ") }
}
