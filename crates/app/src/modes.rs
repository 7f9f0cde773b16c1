//! Which modes run.

use interleave_labs::compare::{Args, Mode};
use std::rc::Rc;
use yew::prelude::*;

/// A box to tick for each mode. Those that cannot run here stand there with the reason.
pub fn modes(args: &Rc<Args>, set: &Callback<Args>, shared_memory: bool) -> Html {
    let boxes = Mode::ALL.map(|mode| {
        let (chosen, available) = (args.modes.contains(&mode), shared_memory || !mode.needs_shared_memory());
        let (now, set) = (args.clone(), set.clone());
        let toggle = move |_: Event| {
            let mut args = Args::clone(&now);
            if chosen {
                args.modes.retain(|other| *other != mode);
            } else {
                args.modes.push(mode);
            }
            set.emit(args);
        };
        let last = chosen && args.modes.len() == 1;
        let how = format!("how-{}", mode.slug());
        let (why, hidden) = match (available, last) {
            (false, _) => ("needs shared memory", false),
            (true, true) => ("At least one mode has to run.", false),
            (true, false) => (mode.how(), true),
        };
        html! {
            <li key={mode.slug()}>
                <label class={classes!((!available).then_some("unavailable"))} title={mode.how()}>
                    <input type="checkbox" name={format!("mode-{}", mode.slug())} checked={chosen && available} disabled={!available || last}
                        onchange={toggle} aria-describedby={how.clone()} />
                    <span>{ mode.short() }</span>
                </label>
                <span id={how} class={if hidden { "visually-hidden" } else { "reason" }}>{ why }</span>
            </li>
        }
    });
    html! { <fieldset class="modes"><legend>{ "Modes to run" }</legend><ul>{ for boxes }</ul></fieldset> }
}
