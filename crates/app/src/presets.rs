//! Settings worth trying, a press away.

use interleave_labs::compare::Args;
use interleave_labs::compare::lesson::PRESETS;
use std::rc::Rc;
use yew::prelude::*;

/// Settings worth trying. They leave the modes, the pool and the quantum as they are.
pub fn presets(args: &Rc<Args>, set: &Callback<Args>) -> Html {
    let buttons = PRESETS.iter().map(|preset| {
        let (asked, _) = Args::from_query(preset.query);
        let preset_args =
            Args { modes: args.modes.clone(), pool: args.pool, quantum: args.quantum, seed: args.seed, ..asked };
        let pressed = preset_args == **args;
        let set = set.clone();
        html! {
            <button type="button" title={preset.hint} aria-pressed={pressed.to_string()}
                onclick={move |_| set.emit(preset_args.clone())}>{ preset.name }</button>
        }
    });
    html! { <div class="presets" role="group" aria-label="Examples">{ for buttons }</div> }
}
