//! Buttons with settings worth trying.

use crate::state::Change;
use interleave_labs::{Sheet, Values};
use yew::prelude::*;

/// Presets change only the settings that they name.
pub fn presets(sheet: &Sheet, values: &Values, change: &Callback<Change>) -> Html {
    let buttons = sheet.presets.iter().enumerate().map(|(place, preset)| {
        let pressed = preset.apply(sheet, values) == *values;
        let press = change.reform(move |_| Change::Preset(place));
        html! {
            <button type="button" title={preset.hint.clone()} aria-pressed={pressed.to_string()}
                onclick={press}>{ &preset.name }</button>
        }
    });
    html! { <div class="presets" role="group" aria-label="Examples">{ for buttons }</div> }
}
