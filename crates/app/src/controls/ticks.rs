//! Checkboxes.

use super::Controls;
use crate::action::Change;
use interleave_labs::control::{Choice, Control};
use yew::prelude::*;

/// A checkbox for each option. Options that cannot run here are shown with the reason.
pub(super) fn ticks(given: &Controls, control: &Control, options: &[Choice]) -> Html {
    let ticked = given.values.ticks(&control.name);
    let boxes = options.iter().map(|option| {
        let chosen = ticked.contains(&option.slug);
        let available = given.shared_memory || !option.needs_shared_memory;
        let last = chosen && ticked.len() == 1;
        let (name, help) = (format!("{}-{}", control.name, option.slug), format!("how-{}", option.slug));
        let (of, slug) = (control.name.clone(), option.slug.clone());
        let toggle = given.change.reform(move |_: Event| Change::Tick(of.clone(), slug.clone()));
        let (why, hidden) = match (available, last) {
            (false, _) => ("needs shared memory", false),
            (true, true) => ("At least one must stay ticked.", false),
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
