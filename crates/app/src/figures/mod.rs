//! Figures on the page: heading, drawing, table; pointed at, stepped through by keyboard, drawn again when a run goes on or when there is
//! another amount of room. Their looks are in `static/figure.css`; timelines have a view of their own in `timeline`.

pub mod save;
mod steps;
mod table;

use crate::handle::Handle;
use crate::state::Action;
use interleave_trace::figure::{Body, Console, Drawing, Figure, Spot, Stream};
use interleave_trace::format::{fixed, plain};
use wasm_bindgen::prelude::*;
use web_sys::{HtmlElement, ResizeObserver};
use yew::prelude::*;

/// How far from a spot a pointer may be, in pixels, and still mean it: about a fingertip.
const REACH: f64 = 24.0;

/// The figure to show.
#[derive(PartialEq, Properties)]
pub struct FigureViewProps {
    /// It may change while a run goes on.
    pub figure: Handle<Figure>,
    /// What the names of its files begin with: `interleave-race`; without one, it cannot be saved.
    #[prop_or_default]
    pub files: Option<AttrValue>,
    /// Takes word of a file that could not be written.
    pub act: Callback<Action>,
}

/// The spot that is pointed at or stepped on.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Marked {
    spot: usize,
    by_key: bool,
}

/// A figure with its heading, its caption, a table of what is drawn, and buttons that save it. Timelines are not drawn here.
#[component]
pub fn FigureView(props: &FigureViewProps) -> Html {
    let figure = &props.figure;
    let body = match &figure.body {
        Body::Timeline(_) => Html::default(),
        Body::Chart(_) | Body::Graph(_) => html! { <Drawn figure={figure.clone()} /> },
        Body::Table(table) => table::view(table, &figure.title),
        Body::Console(console) => printed(console, &figure.title),
    };
    html! {
        <figure class="figure" id={format!("figure-{}", figure.id)}>
            <figcaption>
                <h2>{ &figure.title }</h2>
                { (!figure.caption.is_empty()).then(|| html! { <p>{ &figure.caption }</p> }) }
            </figcaption>
            { body }
            { props.files.as_ref().map(|files| save::buttons(files, figure, &props.act)) }
        </figure>
    }
}

#[derive(PartialEq, Properties)]
struct DrawnProps {
    figure: Handle<Figure>,
}

/// A chart or a graph.
#[component]
fn Drawn(props: &DrawnProps) -> Html {
    let figure = &props.figure;
    let (root, scroller, tooltip) = (use_node_ref(), use_node_ref(), use_node_ref());
    let width = use_state_eq(|| 0.0);
    let marked = use_state_eq(|| None::<Marked>);
    let open = use_state_eq(|| false);
    {
        let (root, width) = (root.clone(), width.setter());
        use_effect_with((), move |()| watch(&root, width));
    }
    let drawing = use_memo((figure.clone(), *width), |(figure, width)| {
        let drawing = match &figure.body {
            Body::Chart(chart) if *width > 0.0 => chart.drawing(*width),
            Body::Graph(graph) if *width > 0.0 => graph.drawing(*width),
            _ => return None,
        };
        Some((svg(&drawing), drawing))
    });
    let spots = drawing.as_ref().as_ref().map_or(&[][..], |(_, drawing)| &drawing.spots);
    // A run that goes on may have fewer spots than before.
    let spot = marked.and_then(|marked| spots.get(marked.spot));
    {
        let (scroller, tooltip) = (scroller.clone(), tooltip.clone());
        use_effect_with(spot.cloned(), move |spot| {
            if let Some(spot) = spot {
                place(&tooltip, &scroller, spot);
            }
        });
    }
    let point = {
        let (drawing, scroller, marked) = (drawing.clone(), scroller.clone(), marked.setter());
        Callback::from(move |event: PointerEvent| {
            let under = drawing.as_ref().as_ref().and_then(|(_, drawing)| under(drawing, &scroller, &event));
            marked.set(under.map(|spot| Marked { spot, by_key: false }));
        })
    };
    let leave = {
        let marked = marked.setter();
        // A finger leaves when it is lifted: what it touched is still to be read.
        move |event: PointerEvent| {
            if event.pointer_type() == "mouse" {
                marked.set(None);
            }
        }
    };
    let blur = {
        let marked = marked.setter();
        move |_: FocusEvent| marked.set(None)
    };
    let key = {
        let (drawing, marked) = (drawing.clone(), marked.clone());
        move |event: KeyboardEvent| {
            let Some((_, drawing)) = &*drawing else { return };
            let from = marked.map(|marked| marked.spot);
            let Some(to) = steps::step(&drawing.spots, from, &event.key()) else { return };
            if event.ctrl_key() || event.meta_key() || event.alt_key() {
                return;
            }
            marked.set(to.map(|spot| Marked { spot, by_key: true }));
            event.prevent_default();
            // Otherwise Escape stops a run.
            event.stop_propagation();
        }
    };
    let toggle = {
        let open = open.clone();
        move |_: MouseEvent| open.set(!*open)
    };
    let kind = if matches!(figure.body, Body::Chart(_)) { "chart" } else { "graph" };
    let told = marked.filter(|marked| marked.by_key).and_then(|marked| spots.get(marked.spot));
    let drawn = drawing.as_ref().as_ref().map(|(svg, drawing)| view(svg, drawing, spot));
    let table = if *open { figure.to_table() } else { None };
    html! {
        <div class="drawn" ref={root}>
            <div class="drawing" ref={scroller} tabindex="0" role="application" aria-roledescription={kind}
                aria-label={format!("{}. Arrow keys go from value to value.", figure.title)}
                onpointerdown={point.clone()} onpointermove={point} onpointerleave={leave} onblur={blur} onkeydown={key}>
                { drawn }
            </div>
            <div class={classes!("tooltip", spot.is_none().then_some("hidden"))} ref={tooltip} aria-hidden="true">
                { spot.map(|spot| spot.text.clone()) }
            </div>
            <p class="visually-hidden" aria-live="polite">{ told.map(|spot| spot.text.clone()) }</p>
            <button type="button" class="link" aria-expanded={open.to_string()} onclick={toggle}>
                { if *open { "Hide table" } else { "As a table" } }
                <span class="visually-hidden">{ format!(": {}", figure.title) }</span>
            </button>
            { table.map(|table| table::view(&table, &figure.title)) }
        </div>
    }
}

/// The drawing as one element, so that the browser parses what is in it as SVG. Its text is escaped.
fn svg(drawing: &Drawing) -> AttrValue {
    let (width, height, markup) = (plain(drawing.width), plain(drawing.height), &drawing.markup);
    format!("<svg width=\"{width}\" height=\"{height}\" aria-hidden=\"true\">{markup}</svg>").into()
}

/// The drawing, and a frame around what is marked in it.
fn view(svg: &AttrValue, drawing: &Drawing, marked: Option<&Spot>) -> Html {
    let (width, height) = (plain(drawing.width), plain(drawing.height));
    let frame = marked.map(|spot| {
        html! {
            <rect x={plain(spot.x - 2.0)} y={plain(spot.y - 2.0)}
                width={plain(spot.width + 4.0)} height={plain(spot.height + 4.0)} rx="3" />
        }
    });
    html! {
        <>
            { Html::from_html_unchecked(svg.clone()) }
            <svg class="mark" {width} {height} aria-hidden="true">{ frame }</svg>
        </>
    }
}

/// Tells how wide an element is: now, and whenever that changes, until what is returned is called.
fn watch(root: &NodeRef, width: UseStateSetter<f64>) -> impl FnOnce() + use<> {
    let element = root.cast::<HtmlElement>();
    let measure = {
        let element = element.clone();
        move || {
            if let Some(element) = &element {
                width.set(f64::from(element.client_width()));
            }
        }
    };
    measure();
    let resized = Closure::<dyn FnMut()>::new(measure);
    let observer = ResizeObserver::new(resized.as_ref().unchecked_ref()).ok();
    if let (Some(observer), Some(element)) = (&observer, &element) {
        observer.observe(element);
    }
    move || {
        if let Some(observer) = observer {
            observer.disconnect();
        }
        drop(resized);
    }
}

/// The spot under a pointer, or the nearest within its reach.
fn under(drawing: &Drawing, scroller: &NodeRef, event: &PointerEvent) -> Option<usize> {
    let scroller = scroller.cast::<HtmlElement>()?;
    let at = scroller.get_bounding_client_rect();
    let x = f64::from(event.client_x()) - at.left() + f64::from(scroller.scroll_left());
    let y = f64::from(event.client_y()) - at.top();
    let distances = drawing.spots.iter().map(|spot| spot.distance(x, y)).enumerate();
    let nearest = distances.min_by(|a, b| a.1.total_cmp(&b.1))?;
    (nearest.1 <= REACH).then_some(nearest.0)
}

/// Puts the tooltip beside a spot, and scrolls to it. Through the object model: a strict content security policy refuses style
/// attributes.
fn place(tooltip: &NodeRef, scroller: &NodeRef, spot: &Spot) {
    let (Some(tooltip), Some(scroller)) = (tooltip.cast::<HtmlElement>(), scroller.cast::<HtmlElement>()) else {
        return;
    };
    let (width, left) = (f64::from(scroller.client_width()), f64::from(scroller.scroll_left()));
    let middle = spot.x + spot.width / 2.0;
    if middle < left || middle > left + width {
        scroller.set_scroll_left((middle - width / 2.0) as i32);
    }
    let x = middle - f64::from(scroller.scroll_left()) - f64::from(tooltip.offset_width()) / 2.0;
    let x = x.min(width - f64::from(tooltip.offset_width())).max(0.0);
    let height = f64::from(tooltip.offset_height());
    // Above, where a finger does not cover it; below, where there is no room above.
    let y = if spot.y >= height + 8.0 { spot.y - height - 8.0 } else { spot.y + spot.height + 8.0 };
    let _ = tooltip.style().set_property("left", &(fixed(x, 0) + "px"));
    let _ = tooltip.style().set_property("top", &(fixed(y + f64::from(scroller.offset_top()), 0) + "px"));
}

/// Printed lines as they are: they are words already.
fn printed(console: &Console, title: &str) -> Html {
    let line = |line: &interleave_trace::figure::Line| {
        let error = line.stream == Stream::Error;
        html! {
            <li class={error.then_some("error")}>
                <span class="when">{ line.time() }</span>
                <span class="by">{ &line.by }{ error.then(|| html! { <span class="visually-hidden">{ ", error" }</span> }) }</span>
                <span class="text">{ &line.text }</span>
            </li>
        }
    };
    html! {
        <ol class="printed" tabindex="0" aria-label={title.to_owned()}>{ for console.lines.iter().map(line) }</ol>
    }
}
