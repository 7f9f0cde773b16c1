//! Buttons with settings worth trying.

use crate::action::Change;
use interleave_labs::{Sheet, Values};
use yew::prelude::*;

/// Presets change only the settings that they name.
pub fn presets(sheet: &Sheet, values: &Values, change: &Callback<Change>) -> Html {
    let buttons = sheet.presets.iter().map(|preset| {
        let pressed = sheet.applied(&preset.query, values) == *values;
        let query = preset.query.clone();
        let press = change.reform(move |_| Change::Apply(query.clone()));
        html! {
            <button type="button" title={preset.hint.clone()} aria-pressed={pressed.to_string()}
                onclick={press}>{ &preset.name }</button>
        }
    });
    html! { <div class="presets" role="group" aria-label="Examples">{ for buttons }</div> }
}
