//! The editor of a text in a language: a text area, out of which `static/editor.js` makes one, and what is wrong with the text, which is told
//! there. That script comes only where a lab has such a text; so what it does costs the others nothing.

use super::Controls;
use crate::desk;
use crate::lab;
use crate::state::Line;
use interleave_labs::Value;
use interleave_labs::control::{Control, Kind, Syntax};
use wasm_bindgen_futures::spawn_local;
use web_sys::HtmlTextAreaElement;
use yew::prelude::*;

/// Fetches what makes an editor of a text area. Without it that is used as it is.
pub fn load() {
    spawn_local(async {
        if let Some(script) = lab::site_file("editor") {
            let _ = desk::load(&script).await;
        }
    });
}

/// The editor of a control; nothing if that is no text in a language.
pub(super) fn editor(given: &Controls, control: &Control) -> Option<Html> {
    let Kind::Text { syntax, lines, .. } = control.kind else { return None };
    let language = match syntax {
        Syntax::Plain => return None,
        Syntax::Python => "py",
        Syntax::Assembly => "asm",
    };
    let typed = given.on(control, |event: InputEvent| {
        event.target_dyn_into::<HtmlTextAreaElement>().map(|area| Value::Text(area.value()))
    });
    // A line for each: line, column, what is wrong.
    let mut marks = String::new();
    for mark in given.marks.iter().filter(|mark| mark.control == control.name) {
        marks.extend([&mark.line.to_string(), " ", &mark.column.to_string(), " ", &mark.text, "\n"]);
    }
    let lit = if let Some(Line::Span(line)) = given.line { line } else { 0 };
    Some(html! {
        <details class="editor" key={control.name.clone()} open=true>
            <summary title={control.help.clone()}>{ &control.label }</summary>
            <interleave-editor data-syntax={language} data-lines={lines.to_string()} data-marks={marks} data-lit={lit.to_string()}>
                <textarea name={control.name.clone()} rows={lines.to_string()} aria-label={control.label.clone()} value={given.values.text(&control.name).to_owned()}
                    oninput={typed} />
            </interleave-editor>
        </details>
    })
}
