//! Buttons with settings worth trying.

use crate::handle::Handle;
use interleave_labs::{Sheet, Values};
use yew::prelude::*;

/// Presets change only the settings that they name.
pub fn presets(sheet: &Sheet, values: &Handle<Values>, set: &Callback<Values>) -> Html {
    let buttons = sheet.presets.iter().map(|preset| {
        let wanted = preset.apply(sheet, values);
        let pressed = wanted == **values;
        let set = set.clone();
        html! {
            <button type="button" title={preset.hint.clone()} aria-pressed={pressed.to_string()}
                onclick={move |_| set.emit(wanted.clone())}>{ &preset.name }</button>
        }
    });
    html! { <div class="presets" role="group" aria-label="Examples">{ for buttons }</div> }
}
