//! Figures as real tables.

use interleave_trace::figure::{Bar, Cell, Table};
use interleave_trace::format::fixed;
use yew::prelude::*;

/// The table, with a bar under each number in columns with bars.
pub(super) fn view(table: &Table, title: &str) -> Html {
    // An empty cell is not a heading.
    let heads = table.columns.iter().map(|column| match column.name.as_str() {
        "" => html! { <td></td> },
        name => html! { <th scope="col">{ name }</th> },
    });
    let rows = table.rows.iter().enumerate().map(|(index, row)| {
        let cells =
            row.cells.iter().enumerate().map(|(column, cell)| view_cell(cell, column, table.bar(index, column)));
        html! {
            <tr key={row.id.clone()}>
                <th scope="row">
                    { &row.name }
                    { (!row.help.is_empty()).then(|| html! { <small>{ &row.help }</small> }) }
                </th>
                { for cells }
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

fn view_cell(cell: &Cell, column: usize, bar: Option<Bar>) -> Html {
    let Cell::Value { value, spread, unit } = cell else {
        return html! { <td>{ cell.write() }</td> };
    };
    let text = unit.write(*value);
    let spread = spread.write(&text, *unit);
    let spread = (!spread.is_empty()).then(|| html! { <small>{ spread }</small> });
    html! { <td class="value">{ text }{ " " }{ spread }{ bar.map(|bar| view_bar(bar, column)) }</td> }
}

/// A bar across its cell; its value is beside it as text.
fn view_bar(bar: Bar, column: usize) -> Html {
    let percent = |part: f64| fixed(part * 100.0, 1) + "%";
    let outlier =
        |at: Option<f64>| at.map(|at| html! { <circle class="outlier over" cx={percent(at)} cy="3" r="2" /> });
    html! {
        <svg class="cell-bar" aria-hidden="true">
            <rect class="track" width="100%" height="6" rx="1" />
            <rect class={format!("bar series-{}", column % 6)} width={percent(bar.end)} height="6" rx="1" />
            <line class="whisker over" x1={percent(bar.low)} x2={percent(bar.high)} y1="3" y2="3" />
            { outlier(bar.outliers[0]) }
            { outlier(bar.outliers[1]) }
        </svg>
    }
}
