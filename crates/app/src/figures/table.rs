//! Figures as real tables.

use interleave_trace::figure::{WrittenCell, WrittenTable};
use yew::prelude::*;

/// A figure's table.
pub(super) fn view(table: &WrittenTable, title: &str) -> Html {
    html! {
        <div class="figure-table" tabindex="0" role="region" aria-label={["Table: ", title].concat()}>{ grid(None, table) }</div>
    }
}

/// The table, with a bar under each number that has one.
pub fn grid(caption: Option<&'static str>, table: &WrittenTable) -> Html {
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
        <table>
            { caption.map(|caption| html! { <caption>{ caption }</caption> }) }
            <thead><tr>{ for heads }</tr></thead>
            <tbody>{ for rows }</tbody>
        </table>
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
