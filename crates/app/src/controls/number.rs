//! A number: a field and a slider.

use super::Controls;
use interleave_labs::Value;
use interleave_labs::control::{Control, Number, Steps};
use wasm_bindgen::JsCast;
use web_sys::HtmlInputElement;
use yew::prelude::*;

/// A number with its field and its slider.
pub(super) fn number(given: &Controls, control: &Control, range: &Number) -> Html {
    let value = given.values.number(&control.name);
    let (id, help) = (format!("control-{}", control.name), format!("help-{}", control.name));
    let planned = given.sheet.is_replaced(&control.name, given.values);
    let (min, max) = (range.min, range.max);
    // While a field is empty, its value stays; a number out of range becomes the nearest valid one.
    let typed = given.on(control, move |event: InputEvent| {
        let number = input(&event)?.value_as_number();
        (!number.is_nan()).then(|| Value::Number(number.round().clamp(f64::from(min), f64::from(max)) as u32))
    });
    // When it loses focus, a field shows its real value: it may have been left empty, or as 007.
    let leave = move |event: FocusEvent| {
        if let Some(input) = event.target().and_then(|target| target.dyn_into::<HtmlInputElement>().ok()) {
            input.set_value(&value.to_string());
        }
    };
    let room = match max {
        ..10_000 => "",
        10_000..1_000_000 => "wide",
        _ => "wider",
    };
    let unit = (!range.unit.is_empty()).then(|| html! { <span class="unit">{ &range.unit }</span> });
    let why = if planned { "The tasks are set one by one." } else { &control.help };
    html! {
        <div class="control" title={why.to_owned()}>
            <label for={id.clone()}>{ &control.label }</label>
            <span class="value">
                <input type="number" class={room} {id} name={control.name.clone()} min={min.to_string()} max={max.to_string()} step="1" inputmode="numeric"
                    value={value.to_string()} disabled={planned} aria-describedby={help.clone()} oninput={typed} onblur={leave} />
                { unit }
            </span>
            { slider(given, control, range, value, planned, &help) }
            <span class="visually-hidden" id={help}>{ why }</span>
        </div>
    }
}

/// A slider over the range; if its steps are uneven, over the numbers of its stops.
fn slider(given: &Controls, control: &Control, range: &Number, value: u32, disabled: bool, help: &str) -> Html {
    let spoken = match range.unit.as_str() {
        "" => control.label.clone(),
        unit => format!("{} in {unit}", control.label),
    };
    let (stops, [min, max, step, at]) = match range.steps {
        Steps::By(step) => (None, [range.min, range.max, step, value]),
        Steps::OneTwoFive | Steps::Doubling => {
            let stops = range.stops();
            let at = stops.partition_point(|stop| *stop < value).min(stops.len() - 1) as u32;
            let last = stops.len() as u32 - 1;
            (Some(stops), [0, last, 1, at])
        }
    };
    let slid = given.on(control, move |event: InputEvent| {
        let at = input(&event)?.value_as_number();
        let number = match &stops {
            Some(stops) => *stops.get(at as usize)?,
            None => at as u32,
        };
        Some(Value::Number(number))
    });
    html! {
        <input type="range" min={min.to_string()} max={max.to_string()} step={step.to_string()} value={at.to_string()} {disabled}
            aria-label={spoken} aria-valuetext={value.to_string()} aria-describedby={help.to_owned()} oninput={slid} />
    }
}

fn input(event: &InputEvent) -> Option<HtmlInputElement> {
    event.target()?.dyn_into().ok()
}
