//! Boxes to tick.

use super::Controls;
use interleave_labs::control::{Choice, Control};
use interleave_labs::{Value, Values};
use yew::prelude::*;

/// A box for each option. Those that cannot run here stand there with the reason.
pub(super) fn ticks(given: &Controls, control: &Control, options: &[Choice]) -> Html {
    let ticked = given.values.ticks(&control.name);
    let boxes = options.iter().map(|option| {
        let chosen = ticked.contains(&option.slug);
        let available = given.shared_memory || !option.needs_shared_memory;
        let last = chosen && ticked.len() == 1;
        let (values, set, control) = (given.values.clone(), given.set.clone(), control.clone());
        let (name, help) = (format!("{}-{}", control.name, option.slug), format!("how-{}", option.slug));
        let slug = option.slug.clone();
        let toggle = move |_: Event| {
            let now = values.ticks(&control.name);
            // In the order of the options, in which they run.
            let wanted = control.options().iter().map(|option| option.slug.clone());
            let wanted = wanted.filter(|known| (*known == slug) != now.contains(known));
            let mut values = Values::clone(&values);
            values.set(&control, Value::Ticks(wanted.collect()));
            set.emit(values);
        };
        let (why, hidden) = match (available, last) {
            (false, _) => ("needs shared memory", false),
            (true, true) => ("At least one has to stay.", false),
            (true, false) => (option.help.as_str(), true),
        };
        html! {
            <li key={option.slug.clone()}>
                <label class={classes!((!available).then_some("unavailable"))} title={option.help.clone()}>
                    <input type="checkbox" {name} checked={chosen && available} disabled={!available || last}
                        onchange={toggle} aria-describedby={help.clone()} />
                    <span>{ &option.short }</span>
                </label>
                <span id={help} class={if hidden { "visually-hidden" } else { "reason" }}>{ why }</span>
            </li>
        }
    });
    html! { <fieldset class="ticks"><legend>{ &control.label }</legend><ul>{ for boxes }</ul></fieldset> }
}
