//! Sliders with a number beside each, from the labs' own list of arguments.

use interleave_labs::compare::{Args, CONTROLS, Control};
use std::rc::Rc;
use wasm_bindgen::JsCast;
use web_sys::HtmlInputElement;
use yew::prelude::*;

/// Controls that a newcomer needs; the others are under "more".
const FIRST: [&str; 4] = ["tasks", "sleep", "cpu", "pool"];
/// What a plan says instead.
const IN_A_PLAN: [&str; 3] = ["tasks", "sleep", "cpu"];

/// The arguments, and what sets them.
pub struct Controls<'a> {
    /// In force.
    pub args: &'a Rc<Args>,
    /// Takes others.
    pub set: &'a Callback<Args>,
    /// The less used ones.
    pub more: bool,
}

/// The numeric arguments.
pub fn controls(given: &Controls) -> Html {
    let controls = CONTROLS.iter().filter(|control| FIRST.contains(&control.name) != given.more);
    let planned = given.args.plan.is_some() && !given.more;
    html! {
        <div class="controls">
            { for controls.map(|control| row(control, given)) }
            { planned.then(|| html! { <p class="reason">{ "The tasks are set one by one, under “More settings”." }</p> }) }
        </div>
    }
}

fn row(control: &'static Control, given: &Controls) -> Html {
    let value = (control.get)(given.args);
    let (id, help) = (format!("control-{}", control.name), format!("help-{}", control.name));
    let planned = given.args.plan.is_some() && IN_A_PLAN.contains(&control.name);
    let (args, set) = (given.args.clone(), given.set.clone());
    let change = Callback::from(move |event: InputEvent| {
        let input = event.target().and_then(|target| target.dyn_into::<HtmlInputElement>().ok());
        let number = input.map_or(f64::NAN, |input| input.value_as_number());
        // A field that is just being emptied keeps its value; one out of range gets the nearest.
        if !number.is_nan() {
            let mut args = Args::clone(&args);
            (control.set)(&mut args, number.round().clamp(f64::from(control.min), f64::from(control.max)) as u32);
            set.emit(args);
        }
    });
    // Once left, a field shows what is in force: it may have been left empty, or as 007.
    let leave = move |event: FocusEvent| {
        if let Some(input) = event.target().and_then(|target| target.dyn_into::<HtmlInputElement>().ok()) {
            input.set_value(&value.to_string());
        }
    };
    let unit = (!control.unit.is_empty()).then(|| html! { <span class="unit">{ control.unit }</span> });
    let (min, max, step) = (control.min.to_string(), control.max.to_string(), control.step.to_string());
    let spoken = format!("{} in {}", control.label, if control.unit.is_empty() { "number" } else { control.unit });
    let why = if planned { "The tasks are set one by one." } else { control.help };
    html! {
        <div class="control" title={why}>
            <label for={id.clone()}>{ control.label }</label>
            <span class="value">
                <input type="number" {id} name={control.name} min={min.clone()} max={max.clone()} step="1" inputmode="numeric"
                    value={value.to_string()} disabled={planned} aria-describedby={help.clone()} oninput={change.clone()}
                    onblur={leave} />
                { unit }
            </span>
            <input type="range" {min} {max} {step} value={value.to_string()} disabled={planned} aria-label={spoken}
                aria-describedby={help.clone()} oninput={change} />
            <span class="visually-hidden" id={help}>{ why }</span>
        </div>
    }
}
