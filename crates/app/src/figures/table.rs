//! Figures as real tables.

use interleave_trace::figure::{WrittenCell, WrittenTable};
use yew::prelude::*;

/// The table, with a bar under each number that has one.
pub(super) fn view(table: &WrittenTable, title: &str) -> Html {
    // An empty cell is not a heading.
    let heads = table.heads.iter().map(|head| match head.as_str() {
        "" => html! { <td></td> },
        name => html! { <th scope="col">{ name }</th> },
    });
    let rows = table.rows.iter().map(|row| {
        html! {
            <tr key={row.id.clone()}>
                <th scope="row">
                    { &row.name }
                    { (!row.help.is_empty()).then(|| html! { <small>{ &row.help }</small> }) }
                </th>
                { for row.cells.iter().map(view_cell) }
            </tr>
        }
    });
    html! {
        <div class="figure-table" tabindex="0" role="region" aria-label={format!("Table: {title}")}>
            <table>
                <thead><tr>{ for heads }</tr></thead>
                <tbody>{ for rows }</tbody>
            </table>
        </div>
    }
}

fn view_cell(cell: &WrittenCell) -> Html {
    match cell {
        WrittenCell::Text(text) => html! { <td>{ text }</td> },
        WrittenCell::Value { text, spread, bar } => {
            let spread = (!spread.is_empty()).then(|| html! { <small>{ spread }</small> });
            // Its value is beside it as text. It has no text of its own to be escaped.
            let bar = (!bar.is_empty()).then(|| Html::from_html_unchecked(bar.clone().into()));
            html! { <td class="value">{ text }{ " " }{ spread }{ bar }</td> }
        }
    }
}
