//! Figures as real tables.

use super::board;
use crate::action::Action;
use interleave_trace::figure::{WrittenCell, WrittenTable};
use yew::prelude::*;

/// A figure's table, whose buttons press something on the lab's board.
pub(super) fn view(table: &WrittenTable, title: &str, act: &Callback<Action>) -> Html {
    html! {
        <div class="figure-table" tabindex="0" role="region" aria-label={["Table: ", title].concat()}>{ grid(None, table, Some(act)) }</div>
    }
}

/// The table, with a bar under each number that has one.
pub fn grid(caption: Option<&'static str>, table: &WrittenTable, act: Option<&Callback<Action>>) -> Html {
    // An empty cell is not a heading.
    let heads = table.heads.iter().map(|head| match head.as_str() {
        "" => html! { <td role="cell"></td> },
        name => html! { <th scope="col" role="columnheader">{ name }</th> },
    });
    let rows = table.rows.iter().map(|row| {
        html! {
            <tr key={row.id.clone()} role="row">
                <th scope="row" role="rowheader">
                    { &row.name }
                    { (!row.help.is_empty()).then(|| html! { <small>{ &row.help }</small> }) }
                </th>
                { for row.cells.iter().map(|cell| view_cell(cell, act)) }
            </tr>
        }
    });
    html! {
        // A table for those who hear it, too, where a phone's style lays its rows out in another way.
        <table role="table">
            { caption.map(|caption| html! { <caption>{ caption }</caption> }) }
            <thead role="rowgroup"><tr role="row">{ for heads }</tr></thead>
            <tbody role="rowgroup">{ for rows }</tbody>
        </table>
    }
}

fn view_cell(cell: &WrittenCell, act: Option<&Callback<Action>>) -> Html {
    match cell {
        WrittenCell::Text(text) => html! { <td role="cell">{ text }</td> },
        WrittenCell::Press { text, press } => {
            let (act, press) = (act.cloned(), press.clone());
            let onclick = move |_: MouseEvent| {
                act.iter().for_each(|act| act.emit(Action::Press(press.clone())));
                board::scroll_to();
            };
            html! { <td role="cell"><button type="button" class="link" {onclick}>{ text }</button></td> }
        }
        WrittenCell::Value { text, spread, bar } => {
            let spread = (!spread.is_empty()).then(|| html! { <small>{ spread }</small> });
            // Its value is beside it as text. It has no text of its own to be escaped.
            let bar = (!bar.is_empty()).then(|| Html::from_html_unchecked(bar.clone().into()));
            html! { <td role="cell" class="value">{ text }{ " " }{ spread }{ bar }</td> }
        }
    }
}
