//! Figures on the page: heading, drawing, table; with tooltips by pointer and keyboard, and redrawn when the data or
//! the width changes. Their style is in `static/figure.css`; timelines have their own view in `timeline`.

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

/// How near a pointer must be to a spot, in pixels: about a fingertip.
const REACH: f64 = 24.0;

/// The figure to show.
#[derive(PartialEq, Properties)]
pub struct FigureViewProps {
    /// It may change while a run goes on.
    pub figure: Handle<Figure>,
    /// How the names of its files start: `interleave-race`; without it, the figure cannot be saved.
    #[prop_or_default]
    pub files: Option<AttrValue>,
    /// Called with the reason if a file could not be written.
    pub act: Callback<Action>,
}

/// The spot that is pointed at or stepped on.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Marked {
    spot: usize,
    by_key: bool,
}

/// A figure with heading, caption, a table of its data, and buttons that save it. Not for timelines.
#[derive(Default)]
pub struct FigureView {
    root: NodeRef,
    scroller: NodeRef,
    tooltip: NodeRef,
    /// The width for the drawing, in pixels.
    width: f64,
    /// The drawing, and its element.
    drawing: Option<Handle<(AttrValue, Drawing)>>,
    marked: Option<Marked>,
    /// Whether the tooltip still has to be placed.
    misplaced: bool,
    /// Whether the table is shown.
    open: bool,
    resized: Option<(ResizeObserver, Closure<dyn FnMut()>)>,
}

/// A figure's messages.
pub enum Msg {
    /// The width changed.
    Resized,
    /// A pointer was pressed or moved on the drawing.
    Point(PointerEvent),
    /// A pointer left it.
    Leave(PointerEvent),
    /// Mark this spot, or none.
    Mark(Option<Marked>),
    /// Show or hide the table.
    Toggle,
}

impl Component for FigureView {
    type Message = Msg;
    type Properties = FigureViewProps;

    fn create(_ctx: &Context<Self>) -> Self {
        FigureView::default()
    }

    fn changed(&mut self, ctx: &Context<Self>, old: &Self::Properties) -> bool {
        if ctx.props().figure != old.figure {
            self.draw(&ctx.props().figure);
        }
        true
    }

    fn update(&mut self, ctx: &Context<Self>, msg: Msg) -> bool {
        match msg {
            Msg::Resized => {
                let width = self.root.cast::<HtmlElement>().map_or(0.0, |root| f64::from(root.client_width()));
                if std::mem::replace(&mut self.width, width) == width {
                    return false;
                }
                self.draw(&ctx.props().figure);
                true
            }
            Msg::Point(event) => {
                let spot = self.drawing.as_ref().and_then(|drawing| under(&drawing.1, &self.scroller, &event));
                self.mark(spot.map(|spot| Marked { spot, by_key: false }))
            }
            // A lifted finger also “leaves”, but its tooltip should stay.
            Msg::Leave(event) => event.pointer_type() == "mouse" && self.mark(None),
            Msg::Mark(marked) => self.mark(marked),
            Msg::Toggle => {
                self.open = !self.open;
                true
            }
        }
    }

    fn view(&self, ctx: &Context<Self>) -> Html {
        let FigureViewProps { figure, files, act } = ctx.props();
        let body = match &figure.body {
            Body::Timeline(_) => Html::default(),
            Body::Chart(_) => self.drawn(ctx, "chart"),
            Body::Graph(_) => self.drawn(ctx, "graph"),
            Body::Table(table) => table::view(table, &figure.title),
            Body::Console(console) => printed(console, &figure.title),
        };
        html! {
            <figure class="figure" id={format!("figure-{}", figure.id)} data-figure={figure.id.clone()}>
                <figcaption>
                    <h2>{ &figure.title }</h2>
                    { (!figure.caption.is_empty()).then(|| html! { <p>{ &figure.caption }</p> }) }
                </figcaption>
                { body }
                { files.as_ref().map(|files| save::buttons(files, figure, act)) }
            </figure>
        }
    }

    fn rendered(&mut self, ctx: &Context<Self>, _first: bool) {
        if let (None, Some(root)) = (&self.resized, self.root.cast::<HtmlElement>()) {
            let link = ctx.link().clone();
            let resized = Closure::new(move || link.send_message(Msg::Resized));
            if let Ok(observer) = ResizeObserver::new(resized.as_ref().unchecked_ref()) {
                observer.observe(&root);
                self.resized = Some((observer, resized));
            }
            ctx.link().send_message(Msg::Resized);
        }
        if std::mem::take(&mut self.misplaced)
            && let Some(spot) = self.spot()
        {
            place(&self.tooltip, &self.scroller, spot);
        }
    }

    fn destroy(&mut self, _ctx: &Context<Self>) {
        if let Some((observer, _)) = &self.resized {
            observer.disconnect();
        }
    }
}

impl FigureView {
    fn draw(&mut self, figure: &Figure) {
        let drawing = match &figure.body {
            Body::Chart(chart) if self.width > 0.0 => Some(chart.drawing(self.width)),
            Body::Graph(graph) if self.width > 0.0 => Some(graph.drawing(self.width)),
            _ => None,
        };
        let before = self.spot().cloned();
        self.drawing = drawing.map(|drawing| Handle::new((svg(&drawing), drawing)));
        self.misplaced |= self.spot() != before.as_ref();
    }

    /// Marks a spot or none; returns whether that changed.
    fn mark(&mut self, marked: Option<Marked>) -> bool {
        let changed = std::mem::replace(&mut self.marked, marked) != marked;
        self.misplaced |= changed;
        changed
    }

    /// The marked spot. During a run there may be fewer spots than before.
    fn spot(&self) -> Option<&Spot> {
        self.drawing.as_ref()?.1.spots.get(self.marked?.spot)
    }

    /// A chart or a graph.
    fn drawn(&self, ctx: &Context<Self>, kind: &'static str) -> Html {
        let (link, figure) = (ctx.link(), &ctx.props().figure);
        let point = link.callback(Msg::Point);
        let (drawing, marked) = (self.drawing.clone(), self.marked);
        // At once: a message would come too late to keep the browser from scrolling.
        let key = link.batch_callback(move |event: KeyboardEvent| {
            let to = steps::step(&drawing.as_ref()?.1.spots, marked.map(|marked| marked.spot), &event.key())?;
            if event.ctrl_key() || event.meta_key() || event.alt_key() {
                return None;
            }
            event.prevent_default();
            // Otherwise Escape would stop the run.
            event.stop_propagation();
            Some(Msg::Mark(to.map(|spot| Marked { spot, by_key: true })))
        });
        let spot = self.spot();
        let told = spot.filter(|_| self.marked.is_some_and(|marked| marked.by_key));
        let table = if self.open { figure.to_table() } else { None };
        html! {
            <div class="drawn" ref={self.root.clone()}>
                <div class="drawing" ref={self.scroller.clone()} tabindex="0" role="application" aria-roledescription={kind}
                    aria-label={format!("{}. Arrow keys go from value to value.", figure.title)}
                    onpointerdown={point.clone()} onpointermove={point} onpointerleave={link.callback(Msg::Leave)}
                    onblur={link.callback(|_| Msg::Mark(None))} onkeydown={key}>
                    { self.drawing.as_ref().map(|drawing| view(&drawing.0, &drawing.1, spot)) }
                </div>
                <div class={classes!("tooltip", spot.is_none().then_some("hidden"))} ref={self.tooltip.clone()} aria-hidden="true">
                    { spot.map(|spot| spot.text.clone()) }
                </div>
                <p class="visually-hidden" aria-live="polite">{ told.map(|spot| spot.text.clone()) }</p>
                { table_button(self.open, &figure.title, link.callback(|_| Msg::Toggle)) }
                { table.map(|table| table::view(&table, &figure.title)) }
            </div>
        }
    }
}

/// A button that shows and hides the table.
pub fn table_button(open: bool, title: &str, toggle: Callback<MouseEvent>) -> Html {
    html! {
        <button type="button" class="link" aria-expanded={open.to_string()} onclick={toggle}>
            { if open { "Hide table" } else { "Show as table" } }
            <span class="visually-hidden">{ format!(": {title}") }</span>
        </button>
    }
}

/// The drawing as one element, so that the browser parses its content as SVG. Its text is escaped.
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

/// Puts the tooltip beside a spot, and scrolls to it. Through the DOM, because a strict content security policy refuses
/// style attributes.
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
    // Above, where no finger covers it; below if there is no room.
    let y = if spot.y >= height + 8.0 { spot.y - height - 8.0 } else { spot.y + spot.height + 8.0 };
    let _ = tooltip.style().set_property("left", &(fixed(x, 0) + "px"));
    let _ = tooltip.style().set_property("top", &(fixed(y + f64::from(scroller.offset_top()), 0) + "px"));
}

/// Printed lines are text already.
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
