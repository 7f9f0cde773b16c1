//! An editor for code: a text area whose letters cannot be seen, and over it, at the same places, the same text in colours. So undo, selection, input methods and
//! tools that read out are the browser's own. What changes is drawn line by line, by hand: a long text has thousands.
//!
//! Its style is in `static/style.css`.

mod keys;
mod rows;
mod syntax;

use crate::handle::Handle;
use crate::state::{Action, Change, Line};
use interleave_labs::control::{Control, MOST_TEXT, Syntax};
use interleave_labs::{Mark, Value, Values};
use keys::Edit;
use rows::Rows;
use wasm_bindgen::prelude::*;
use web_sys::{Element, HtmlDocument, HtmlElement, HtmlTextAreaElement};
use yew::prelude::*;

/// How many mistakes are told below the text.
const TOLD: usize = 3;

/// What is edited.
#[derive(PartialEq, Properties)]
pub(super) struct EditorProps {
    /// The control.
    pub(super) control: Control,
    /// How the text is written.
    pub(super) syntax: Syntax,
    /// How many lines are shown at once.
    pub(super) lines: u32,
    /// All values.
    pub(super) values: Handle<Values>,
    /// What is wrong with the texts.
    pub(super) marks: Handle<Vec<Mark>>,
    /// The line that the reader looks at.
    pub(super) line: Option<Line>,
    /// Takes what the reader does.
    pub(super) act: Callback<Action>,
}

/// The editor.
pub(super) struct Editor {
    rows: Rows,
    scroller: NodeRef,
    area: NodeRef,
    code: NodeRef,
    numbers: NodeRef,
    /// What lights up a line behind the text: the caret's, and the one that is pointed at elsewhere.
    bars: [NodeRef; 2],
    /// How many lines are numbered.
    numbered: usize,
    /// The line that the caret is in, from 1; 0 without the focus.
    caret: u32,
    /// The line that the page has been told the reader looks at; 0 for none.
    looked_at: u32,
    /// Whether the next Tab leaves: after Escape.
    leaving: bool,
}

/// The editor's messages.
pub(super) enum Msg {
    /// The text is another.
    Typed,
    /// A key is pressed.
    Key(KeyboardEvent),
    /// The caret may be elsewhere.
    Caret,
    /// The editor has lost the focus.
    Left,
    /// A pointer is over the text at this height, in pixels, or over none.
    Over(Option<i32>),
    /// The caret is to go to this line and column.
    Go(u32, u32),
}

impl Component for Editor {
    type Message = Msg;
    type Properties = EditorProps;

    fn create(ctx: &Context<Self>) -> Self {
        Editor {
            rows: Rows::new(ctx.props().syntax),
            scroller: NodeRef::default(),
            area: NodeRef::default(),
            code: NodeRef::default(),
            numbers: NodeRef::default(),
            bars: Default::default(),
            numbered: 0,
            caret: 0,
            looked_at: 0,
            leaving: false,
        }
    }

    fn update(&mut self, ctx: &Context<Self>, msg: Msg) -> bool {
        let EditorProps { control, act, .. } = ctx.props();
        let Some(area) = self.area.cast::<HtmlTextAreaElement>() else { return false };
        match msg {
            Msg::Typed => {
                act.emit(Action::Change(Change::Value(control.name.clone(), Value::Text(area.value()))));
                self.follow_caret(ctx, &area);
            }
            Msg::Key(event) => self.key(ctx, &area, &event),
            Msg::Caret => self.follow_caret(ctx, &area),
            Msg::Left => {
                (self.leaving, self.caret) = (false, 0);
                self.look(ctx, 0);
            }
            Msg::Over(place) => {
                let line = place.map_or(self.caret, |y| self.line_at(y));
                self.look(ctx, line);
                return false;
            }
            Msg::Go(line, column) => {
                let text = area.value();
                let start: usize = text.split_inclusive('\n').take(line as usize - 1).map(str::len).sum();
                let at = text[start..].char_indices().map(|(at, _)| at).nth(column as usize - 1);
                let at = units(&text[..at.map_or(text.len(), |at| start + at)]);
                let _ = area.focus();
                let _ = area.set_selection_range(at, at);
                if let Some(scroller) = self.scroller.cast::<Element>() {
                    scroller.set_scroll_top((f64::from(line.saturating_sub(3)) * self.line_height()) as i32);
                }
                self.follow_caret(ctx, &area);
            }
        }
        true
    }

    fn view(&self, ctx: &Context<Self>) -> Html {
        let EditorProps { control, values, .. } = ctx.props();
        let link = ctx.link();
        let [help, mistakes] = ["help", "mistakes"].map(|part| format!("{part}-{}", control.name));
        let wrong = || ctx.props().own_marks();
        let count = wrong().count();
        let told = wrong().take(TOLD).map(|mark| {
            let (line, column) = (mark.line, mark.column);
            let go = link.callback(move |_: MouseEvent| Msg::Go(line, column));
            html! { <p><button type="button" class="link" onclick={go}>{ format!("Line {line}") }</button>{ format!(": {}.", mark.text) }</p> }
        });
        let more = (count > TOLD).then(|| html! { <p>{ format!("{} more.", count - TOLD) }</p> });
        html! {
            <details class="editor" open=true>
                <summary title={control.help.clone()}>{ &control.label }</summary>
                <div class="scroller" ref={self.scroller.clone()}>
                    <pre class="numbers" ref={self.numbers.clone()} aria-hidden="true"></pre>
                    <div class="code">
                        <i class="caret-line" hidden={self.caret == 0} ref={self.bars[0].clone()}></i>
                        <i class="lit-line" hidden={ctx.props().lit_line().is_none()} ref={self.bars[1].clone()}></i>
                        <textarea name={control.name.clone()} aria-label={control.label.clone()} ref={self.area.clone()} value={values.text(&control.name).to_owned()}
                            maxlength={MOST_TEXT.to_string()} wrap="off" spellcheck="false" autocomplete="off" autocapitalize="none"
                            autocorrect="off" translate="no" aria-describedby={format!("{help} {mistakes}")} aria-invalid={(count > 0).to_string()}
                            oninput={link.callback(|_| Msg::Typed)} onkeydown={link.callback(Msg::Key)} onkeyup={link.callback(|_| Msg::Caret)}
                            onclick={link.callback(|_| Msg::Caret)} onfocus={link.callback(|_| Msg::Caret)} onblur={link.callback(|_| Msg::Left)}
                            onpointermove={link.callback(|event: PointerEvent| Msg::Over(Some(event.offset_y())))}
                            onpointerleave={link.callback(|_| Msg::Over(None))} />
                        <pre class="coloured" ref={self.code.clone()} aria-hidden="true"></pre>
                    </div>
                </div>
                <p class="visually-hidden" id={help}>{ &control.help }{ " Tab indents, Shift and Tab takes a step back; press Escape, then Tab, to leave." }</p>
                <div class="mistakes" id={mistakes} role="status">{ for told }{ more }</div>
            </details>
        }
    }

    fn rendered(&mut self, ctx: &Context<Self>, first: bool) {
        if first && let Some(scroller) = self.scroller.cast::<HtmlElement>() {
            // Through the DOM, because a strict content security policy refuses style attributes.
            let _ = scroller.style().set_property("--lines", &ctx.props().lines.to_string());
        }
        // An element that refuses a row has gone.
        let _ = self.draw(ctx.props());
        for (bar, line) in self.bars.iter().zip([self.caret, ctx.props().lit_line().unwrap_or(0)]) {
            if let Some(bar) = bar.cast::<HtmlElement>() {
                let _ = bar.style().set_property("--line", &line.saturating_sub(1).to_string());
            }
        }
    }
}

impl Editor {
    /// Draws what has changed.
    fn draw(&mut self, props: &EditorProps) -> Result<(), JsValue> {
        let (Some(code), Some(numbers)) = (self.code.cast::<Element>(), self.numbers.cast::<Element>()) else {
            return Ok(());
        };
        let rows::Change { from, old, new } = self.rows.set_text(props.values.text(&props.control.name));
        let marks: Vec<(u32, u32)> = props.own_marks().map(|mark| (mark.line, mark.column)).collect();
        let marked = self.rows.set_marks(&marks);
        let drawn = code.children();
        if old == drawn.length() as usize {
            let rows: Vec<String> = (0..new).map(|row| ["<div>", &self.rows.html(row), "</div>"].concat()).collect();
            code.set_inner_html(&rows.concat());
        } else {
            let document = code.owner_document().ok_or("no document")?;
            for row in from..from + old.max(new) {
                let there = drawn.item(row.min(from + new) as u32);
                match there {
                    Some(there) if row < from + old.min(new) => there.set_inner_html(&self.rows.html(row)),
                    Some(there) if row >= from + new => there.remove(),
                    there => {
                        let added = document.create_element("div")?;
                        added.set_inner_html(&self.rows.html(row));
                        code.insert_before(&added, there.as_deref())?;
                    }
                }
            }
        }
        for row in marked {
            if let Some(there) = drawn.item(row as u32) {
                there.set_inner_html(&self.rows.html(row));
            }
        }
        if std::mem::replace(&mut self.numbered, self.rows.len()) != self.rows.len() {
            let all: Vec<String> = (1..=self.numbered).map(|number| number.to_string()).collect();
            numbers.set_text_content(Some(&all.join("\n")));
        }
        Ok(())
    }

    /// A key is pressed. Tab and Enter indent; after Escape, Tab leaves, as it does everywhere else.
    fn key(&mut self, ctx: &Context<Self>, area: &HtmlTextAreaElement, event: &KeyboardEvent) {
        if event.is_composing() || event.ctrl_key() || event.meta_key() || event.alt_key() {
            return;
        }
        let key = event.key();
        let leaves = self.leaving;
        self.leaving = key == "Escape" || (leaves && key == "Shift");
        let is_tab = key == "Tab" && !leaves;
        if !is_tab && key != "Enter" {
            return;
        }
        let text = area.value();
        let place = |unit: Result<Option<u32>, JsValue>| byte(&text, unit.ok().flatten().unwrap_or(0));
        let (from, to) = (place(area.selection_start()), place(area.selection_end()));
        let edit = match (is_tab, event.shift_key()) {
            (true, true) => keys::outdent(&text, from, to),
            (true, false) => Some(keys::indent(&text, from, to)),
            (false, _) => keys::newline(ctx.props().syntax, &text, from, to),
        };
        if is_tab || edit.is_some() {
            event.prevent_default();
        }
        if let Some(edit) = edit {
            type_in(area, &text, &edit);
            self.follow_caret(ctx, area);
        }
    }

    fn follow_caret(&mut self, ctx: &Context<Self>, area: &HtmlTextAreaElement) {
        let at = area.selection_start().ok().flatten().unwrap_or(0);
        let before = area.value().encode_utf16().take(at as usize).filter(|unit| *unit == u16::from(b'\n')).count();
        let line = before as u32 + 1;
        if std::mem::replace(&mut self.caret, line) != line {
            self.look(ctx, line);
        }
    }

    /// The reader looks at this line; 0 for none.
    fn look(&mut self, ctx: &Context<Self>, line: u32) {
        if std::mem::replace(&mut self.looked_at, line) != line {
            ctx.props().act.emit(Action::Line(Some(line).filter(|line| *line > 0).map(Line::Text)));
        }
    }

    /// The height of a line, in pixels.
    fn line_height(&self) -> f64 {
        let height = self.code.cast::<Element>().map_or(0.0, |code| code.get_bounding_client_rect().height());
        (height / self.rows.len().max(1) as f64).max(1.0)
    }

    /// The line at a height within the text area; 0 below the last one.
    fn line_at(&self, y: i32) -> u32 {
        let top = self.code.cast::<HtmlElement>().map_or(0, |code| code.offset_top());
        let line = (f64::from(y - top) / self.line_height()).max(0.0) as u32 + 1;
        if line as usize > self.rows.len() { 0 } else { line }
    }
}

impl EditorProps {
    /// What is wrong with this text.
    fn own_marks(&self) -> impl Iterator<Item = &Mark> {
        self.marks.iter().filter(|mark| mark.control == self.control.name)
    }

    /// The line of what is pointed at elsewhere.
    fn lit_line(&self) -> Option<u32> {
        match self.line {
            Some(Line::Span(line)) => Some(line),
            _ => None,
        }
    }
}

/// As if a reader typed it, so that it can be undone.
fn type_in(area: &HtmlTextAreaElement, text: &str, edit: &Edit) {
    let place = |byte: usize| units(&text[..byte]);
    let _ = area.set_selection_range(place(edit.from), place(edit.to));
    let document = area.owner_document().and_then(|document| document.dyn_into::<HtmlDocument>().ok());
    let command = if edit.text.is_empty() { "delete" } else { "insertText" };
    if let Some(document) = document {
        let _ = document.exec_command_with_show_ui_and_value(command, false, &edit.text);
    }
    let after = [&text[..edit.from], &edit.text].concat();
    let _ = area.set_selection_range(units(&after[..edit.selected.0]), units(&after[..edit.selected.1]));
}

/// How long a text is where JavaScript counts.
fn units(text: &str) -> u32 {
    text.encode_utf16().count() as u32
}

/// The byte at which a place is, as JavaScript counts.
fn byte(text: &str, place: u32) -> usize {
    let mut unit = 0;
    let at = text.char_indices().find(|(_, letter)| {
        let here = unit;
        unit += letter.len_utf16() as u32;
        here >= place
    });
    at.map_or(text.len(), |(at, _)| at)
}
