//! Tasks one by one: a row for each group of equal tasks, and the plan as text.

use crate::action::Change;
use crate::handle::Handle;
use interleave_labs::control::Kind;
use interleave_labs::plan::{MOST_CPU_MS, MOST_SLEEP_MS, MOST_TASKS, Part, Plan, Task};
use interleave_labs::{Sheet, Value, Values};
use wasm_bindgen::JsCast;
use web_sys::HtmlInputElement;
use yew::prelude::*;

/// The plan's control.
#[derive(PartialEq, Properties)]
pub(super) struct PlanEditorProps {
    /// The control.
    pub(super) sheet: Handle<Sheet>,
    /// All values.
    pub(super) values: Handle<Values>,
    /// Called with what the reader changes.
    pub(super) change: Callback<Change>,
    /// The name of the plan's control.
    pub(super) control: AttrValue,
}

/// Equal tasks that follow each other.
#[derive(Clone, Debug, PartialEq)]
struct Group {
    count: u32,
    task: Task,
}

/// The plan, or a button that starts one.
#[derive(Default)]
pub(super) struct PlanEditor {
    /// Typed text that is not a plan yet, and why; meanwhile the last plan stays.
    draft: Option<(String, String)>,
}

impl Component for PlanEditor {
    /// The plan as text.
    type Message = String;
    type Properties = PlanEditorProps;

    fn create(_ctx: &Context<Self>) -> Self {
        PlanEditor::default()
    }

    fn update(&mut self, ctx: &Context<Self>, text: String) -> bool {
        self.draft = match Plan::parse(&text) {
            Ok((plan, _)) => {
                ctx.props().set().emit(Some(plan));
                None
            }
            Err(error) => Some((text, error.to_string())),
        };
        true
    }

    fn view(&self, ctx: &Context<Self>) -> Html {
        let props = ctx.props();
        let Some(control) = props.sheet.control(&props.control) else { return html! {} };
        let change = props.set();
        let Some(plan) = props.values.plan(&control.name) else {
            let tasks = as_the_numbers_say(&control.kind, &props.values);
            let begin = change.reform(move |_: MouseEvent| Some(Plan { tasks: tasks.clone() }));
            return html! { <button type="button" onclick={begin}>{ "Set tasks one by one" }</button> };
        };
        let groups: Vec<Group> = plan
            .tasks
            .chunk_by(|a, b| a == b)
            .map(|equal| Group { count: equal.len() as u32, task: equal[0].clone() })
            .collect();
        let rows = groups.iter().enumerate().map(|(index, _)| row(index, &groups, &change));
        let text = self.draft.as_ref().map_or_else(|| plan.to_string(), |(text, _)| text.clone());
        let error = self.draft.as_ref().map(|(_, error)| error.clone());
        let typed =
            ctx.link().callback(|event: InputEvent| input(&event).map_or_else(String::new, |input| input.value()));
        let more = (plan.tasks.len() < MOST_TASKS as usize).then(|| {
            let mut groups = groups.clone();
            let last = groups.last().map_or_else(Task::default, |group| group.task.clone());
            // A group equal to the one before would merge with it.
            let us = if last.cpu_us() == 50_000 { 100_000 } else { 50_000 };
            groups.push(Group { count: 1, task: Task { parts: vec![Part::Cpu { us }] } });
            let add = change.reform(move |_: MouseEvent| Some(plan_of(&groups)));
            html! { <button type="button" onclick={add}>{ "Add tasks" }</button> }
        });
        let end = change.reform(|_: MouseEvent| None);
        html! {
            <fieldset class="plan">
                <legend>{ "Tasks one by one" }</legend>
                <ul>{ for rows }</ul>
                <p class="buttons">{ more }<button type="button" onclick={end}>{ "Back to sliders" }</button></p>
                <label>{ "As text" }<input type="text" value={text} oninput={typed} spellcheck="false" autocapitalize="none"
                    aria-invalid={error.is_some().to_string()} aria-describedby="plan-error" /></label>
                <p id="plan-error" class="error" role="status">{ error.unwrap_or_default() }</p>
            </fieldset>
        }
    }
}

impl PlanEditorProps {
    /// Sets or removes the plan.
    fn set(&self) -> Callback<Option<Plan>> {
        let control = self.control.to_string();
        self.change.reform(move |plan: Option<Plan>| Change::Value(control.clone(), Value::Plan(plan)))
    }
}

/// A new plan starts from the sliders.
fn as_the_numbers_say(kind: &Kind, values: &Values) -> Vec<Task> {
    let Kind::Plan { tasks, sleep, cpu } = kind else { return vec![] };
    let mut group = Group { count: values.number(tasks), task: Task::default() };
    group.set(values.number(sleep), u64::from(values.number(cpu)) * 1000);
    plan_of(&[group]).tasks
}

/// One group: how many tasks, and what each does. Groups with more parts than a sleep and a computation are shown as
/// text.
fn row(index: usize, groups: &[Group], change: &Callback<Option<Plan>>) -> Html {
    let group = &groups[index];
    let others: u32 = groups.iter().map(|group| group.count).sum::<u32>() - group.count;
    let field = |label: &'static str, unit: &'static str, value: u64, min: u32, max: u32, set: fn(&mut Group, u32)| {
        let (groups, change) = (groups.to_vec(), change.clone());
        let typed = move |event: InputEvent| {
            let number = input(&event).map_or(f64::NAN, |input| input.value_as_number());
            if !number.is_nan() {
                let mut groups = groups.clone();
                set(&mut groups[index], number.round().clamp(f64::from(min), f64::from(max)) as u32);
                change.emit(Some(plan_of(&groups)));
            }
        };
        html! {
            <label>{ label }<input type="number" min={min.to_string()} max={max.to_string()} value={value.to_string()} oninput={typed} />
                { unit }</label>
        }
    };
    let simple = matches!(
        group.task.parts[..],
        [Part::Sleep { .. } | Part::Cpu { .. }] | [Part::Sleep { .. }, Part::Cpu { .. }]
    );
    let parts = if simple {
        html! {
            <>
                { field("sleep ", "ms", group.task.sleep_us() / 1000, 0, MOST_SLEEP_MS, |group, ms| group.set(ms, group.task.cpu_us())) }
                { field("compute ", "ms", group.task.cpu_us() / 1000, 0, MOST_CPU_MS, |group, ms| {
                    group.set((group.task.sleep_us() / 1000) as u32, u64::from(ms) * 1000);
                }) }
            </>
        }
    } else {
        html! { <code>{ Plan { tasks: vec![group.task.clone()] }.to_string() }</code> }
    };
    let remove = (groups.len() > 1).then(|| {
        let mut groups = groups.to_vec();
        groups.remove(index);
        let remove = change.reform(move |_: MouseEvent| Some(plan_of(&groups)));
        html! { <button type="button" aria-label={format!("Remove group {}", index + 1)} onclick={remove}>{ "×" }</button> }
    });
    html! {
        <li key={index}>
            { field("", "tasks:", group.count.into(), 1, MOST_TASKS - others, |group, count| group.count = count) }
            { parts }{ remove }
        </li>
    }
}

impl Group {
    fn set(&mut self, sleep_ms: u32, cpu_us: u64) {
        let sleep = Part::Sleep { us: u64::from(sleep_ms) * 1000 };
        self.task.parts = match (sleep_ms, cpu_us) {
            (_, 0) => vec![sleep],
            (0, us) => vec![Part::Cpu { us }],
            (_, us) => vec![sleep, Part::Cpu { us }],
        };
    }
}

fn plan_of(groups: &[Group]) -> Plan {
    let tasks = groups.iter().flat_map(|group| std::iter::repeat_n(group.task.clone(), group.count as usize));
    Plan { tasks: tasks.collect() }
}

fn input(event: &InputEvent) -> Option<HtmlInputElement> {
    event.target()?.dyn_into().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn groups_write_the_plan_that_their_fields_say() {
        let mut group = Group { count: 3, task: Task::default() };
        let mut written = |sleep_ms, cpu_us| {
            group.set(sleep_ms, cpu_us);
            plan_of(&[group.clone()]).to_string()
        };
        assert_eq!(
            [written(200, 30_000), written(0, 30_000), written(200, 0), written(0, 0)],
            ["s200.c30*3", "c30*3", "s200*3", "s0*3"]
        );
    }
}
