//! Settings worth trying, a press away.

use interleave_labs::compare::Args;
use interleave_labs::compare::lesson::PRESETS;
use std::rc::Rc;
use yew::prelude::*;

/// The arguments, and what sets them.
#[derive(PartialEq, Properties)]
pub struct PresetsProps {
    /// In force.
    pub args: Rc<Args>,
    /// Takes others.
    pub set: Callback<Args>,
}

/// Settings worth trying. They leave the modes, the pool and the quantum as they are.
#[component]
pub fn Presets(props: &PresetsProps) -> Html {
    let buttons = PRESETS.iter().map(|preset| {
        let (asked, _) = Args::from_query(preset.query);
        let now = &props.args;
        let args = Args { modes: now.modes.clone(), pool: now.pool, quantum: now.quantum, seed: now.seed, ..asked };
        let pressed = args == **now;
        let set = props.set.clone();
        html! {
            <button type="button" title={preset.hint} aria-pressed={pressed.to_string()}
                onclick={move |_| set.emit(args.clone())}>{ preset.name }</button>
        }
    });
    html! { <div class="presets" role="group" aria-label="Examples">{ for buttons }</div> }
}
