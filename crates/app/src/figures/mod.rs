//! Figures on the page: heading, drawing, table; with tooltips by pointer and keyboard. They come rendered; what changes here is which of
//! a figure's drawings is shown, and its scale. Their style is in `static/figure.css`; timelines have their own view in `timeline`.

mod board;
pub mod save;
mod steps;
pub mod table;

use crate::action::Action;
use crate::handle::Handle;
use crate::link::folding_link;
use crate::state::Outcome;
use interleave_trace::figure::{Console, Drawing, Rendered, Spot, Stream, View, WrittenTable};
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
    pub figure: Handle<Rendered>,
    /// The name of its lab.
    pub lab: AttrValue,
    /// What it is of; without it, as during a run, the figure cannot be saved.
    pub outcome: Option<Handle<Outcome>>,
    /// Whether nothing on it can be pressed now.
    pub off: bool,
    /// Takes presses, and the reason if a file could not be written.
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
    /// The drawing as an element.
    svg: AttrValue,
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

    fn create(ctx: &Context<Self>) -> Self {
        let mut view = FigureView { width: width_of_figures(), ..FigureView::default() };
        view.draw(&ctx.props().figure);
        view
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
                let drawing = fitting(&ctx.props().figure, self.width);
                let spot = drawing.and_then(|drawing| under(drawing, &self.scroller, &event));
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
        let FigureViewProps { figure, lab, outcome, off, act } = ctx.props();
        let body = match &figure.view {
            View::Timeline(_) => Html::default(),
            View::Chart(drawn) => self.drawn(ctx, "chart", &drawn.table),
            View::Graph(drawn) => self.drawn(ctx, "graph", &drawn.table),
            View::Table(table) => table::view(table, &figure.title, act),
            View::Console(console) => printed(console, &figure.title),
            View::Board(_) => html! { <board::BoardView figure={figure.clone()} {off} {act} /> },
        };
        // What it shows has gone on since it ran.
        let is_board = matches!(figure.view, View::Board(_));
        html! {
            <figure class="figure" id={format!("figure-{}", figure.id)} data-figure={figure.id.clone()}>
                <figcaption>
                    <h2>{ &figure.title }</h2>
                    { (!figure.caption.is_empty()).then(|| html! { <p>{ &figure.caption }</p> }) }
                </figcaption>
                { body }
                { outcome.as_ref().filter(|_| !is_board).map(|outcome| save::buttons(lab, outcome, figure, act)).unwrap_or_default() }
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
            && let Some((drawing, scale)) = fitting(&ctx.props().figure, self.width)
            && let Some(spot) = self.spot(drawing)
        {
            place(&self.tooltip, &self.scroller, &spot.scaled(scale));
        }
    }

    fn destroy(&mut self, _ctx: &Context<Self>) {
        if let Some((observer, _)) = &self.resized {
            observer.disconnect();
        }
    }
}

impl FigureView {
    fn draw(&mut self, figure: &Rendered) {
        self.svg = fitting(figure, self.width).map_or_else(AttrValue::default, svg);
        self.misplaced = true;
    }

    /// Marks a spot or none; returns whether that changed.
    fn mark(&mut self, marked: Option<Marked>) -> bool {
        let changed = std::mem::replace(&mut self.marked, marked) != marked;
        self.misplaced |= changed;
        changed
    }

    /// The marked spot. During a run there may be fewer spots than before.
    fn spot<'a>(&self, drawing: &'a Drawing) -> Option<&'a Spot> {
        drawing.spots.get(self.marked?.spot)
    }

    /// A chart or a graph.
    fn drawn(&self, ctx: &Context<Self>, kind: &'static str, table: &WrittenTable) -> Html {
        let (link, figure) = (ctx.link(), &ctx.props().figure);
        let point = link.callback(Msg::Point);
        let (shown, width, marked) = (figure.clone(), self.width, self.marked);
        // At once: a message would come too late to keep the browser from scrolling.
        let key = link.batch_callback(move |event: KeyboardEvent| {
            let to = steps::step(&fitting(&shown, width)?.0.spots, marked.map(|marked| marked.spot), &event.key())?;
            if event.ctrl_key() || event.meta_key() || event.alt_key() {
                return None;
            }
            event.prevent_default();
            // Otherwise Escape would stop the run.
            event.stop_propagation();
            Some(Msg::Mark(to.map(|spot| Marked { spot, by_key: true })))
        });
        let drawing = fitting(figure, width);
        let spot = drawing.and_then(|(drawing, _)| self.spot(drawing));
        let told = spot.filter(|_| self.marked.is_some_and(|marked| marked.by_key));
        html! {
            <div class="drawn" ref={self.root.clone()}>
                <div class="drawing" ref={self.scroller.clone()} tabindex="0" role="application" aria-roledescription={kind}
                    aria-label={format!("{}. Arrow keys go from value to value.", figure.title)}
                    onpointerdown={point.clone()} onpointermove={point} onpointerleave={link.callback(Msg::Leave)}
                    onblur={link.callback(|_| Msg::Mark(None))} onkeydown={key}>
                    { drawing.map(|drawing| view(&self.svg, drawing, spot)) }
                </div>
                <div class={classes!("tooltip", spot.is_none().then_some("hidden"))} ref={self.tooltip.clone()} aria-hidden="true">
                    { spot.map(|spot| spot.text.clone()) }
                </div>
                <p class="visually-hidden" aria-live="polite">{ told.map(|spot| spot.text.clone()) }</p>
                { table_button(self.open, &figure.title, link.callback(|_| Msg::Toggle)) }
                { if self.open { table::view(table, &figure.title, &ctx.props().act) } else { html! {} } }
            </div>
        }
    }
}

/// A button that shows and hides the table.
pub fn table_button(open: bool, title: &str, toggle: Callback<MouseEvent>) -> Html {
    folding_link(if open { "Hide table" } else { "Show as table" }, Some(title), Some(open), toggle)
}

/// The figure's drawing for a place so many pixels wide, and the scale that it is shown with.
fn fitting(figure: &Rendered, width: f64) -> Option<(&Drawing, f64)> {
    match &figure.view {
        View::Chart(drawn) | View::Graph(drawn) if width > 0.0 => drawn.fitting(width),
        _ => None,
    }
}

/// How wide figures are, as long as one has not been measured itself: so it is as high from the first moment as it will be.
fn width_of_figures() -> f64 {
    let figures = web_sys::window().and_then(|window| window.document()?.query_selector(".figures").ok()?);
    figures.map_or(0.0, |figures| f64::from(figures.client_width()))
}

/// The `viewBox`, width and height of a drawing.
fn size((drawing, scale): (&Drawing, f64)) -> [String; 3] {
    let all = format!("0 0 {} {}", plain(drawing.width), plain(drawing.height));
    [all, fixed(drawing.width * scale, 1), fixed(drawing.height * scale, 1)]
}

/// The drawing as one element, so that the browser parses its content as SVG. Its text is escaped.
fn svg(drawing: (&Drawing, f64)) -> AttrValue {
    let ([all, width, height], markup) = (size(drawing), &drawing.0.markup);
    format!("<svg viewBox=\"{all}\" width=\"{width}\" height=\"{height}\" aria-hidden=\"true\">{markup}</svg>").into()
}

/// The drawing, and a frame around what is marked in it.
fn view(svg: &AttrValue, drawing: (&Drawing, f64), marked: Option<&Spot>) -> Html {
    let [all, width, height] = size(drawing);
    let frame = marked.map(|spot| {
        html! {
            <rect x={plain(spot.x - 2.0)} y={plain(spot.y - 2.0)}
                width={plain(spot.width + 4.0)} height={plain(spot.height + 4.0)} rx="3" />
        }
    });
    html! {
        <>
            { Html::from_html_unchecked(svg.clone()) }
            <svg class="mark" viewBox={all} {width} {height} aria-hidden="true">{ frame }</svg>
        </>
    }
}

/// The spot under a pointer, or the nearest within its reach.
fn under((drawing, scale): (&Drawing, f64), scroller: &NodeRef, event: &PointerEvent) -> Option<usize> {
    let scroller = scroller.cast::<HtmlElement>()?;
    let at = scroller.get_bounding_client_rect();
    let x = f64::from(event.client_x()) - at.left() + f64::from(scroller.scroll_left());
    let y = f64::from(event.client_y()) - at.top();
    let distances = drawing.spots.iter().map(|spot| spot.distance(x / scale, y / scale)).enumerate();
    let nearest = distances.min_by(|a, b| a.1.total_cmp(&b.1))?;
    (nearest.1 * scale <= REACH).then_some(nearest.0)
}

/// Puts the tooltip beside a spot, and scrolls to it. Through the DOM, because a strict content security policy refuses
/// style attributes.
fn place(tooltip: &NodeRef, scroller: &NodeRef, [left, top, right, bottom]: &[f64; 4]) {
    let (Some(tooltip), Some(scroller)) = (tooltip.cast::<HtmlElement>(), scroller.cast::<HtmlElement>()) else {
        return;
    };
    let (width, from) = (f64::from(scroller.client_width()), f64::from(scroller.scroll_left()));
    let middle = (left + right) / 2.0;
    if middle < from || middle > from + width {
        scroller.set_scroll_left((middle - width / 2.0) as i32);
    }
    let x = middle - f64::from(scroller.scroll_left()) - f64::from(tooltip.offset_width()) / 2.0;
    let x = x.min(width - f64::from(tooltip.offset_width())).max(0.0);
    let height = f64::from(tooltip.offset_height());
    // Above, where no finger covers it; below if there is no room.
    let y = if *top >= height + 8.0 { top - height - 8.0 } else { bottom + 8.0 };
    let _ = tooltip.style().set_property("left", &(fixed(x, 0) + "px"));
    let _ = tooltip.style().set_property("top", &(fixed(y + f64::from(scroller.offset_top()), 0) + "px"));
}

/// Printed lines are text already.
fn printed(console: &Console, title: &str) -> Html {
    // Each line keeps its element as more come: by itself yew would make the first one the last.
    let line = |(place, line): (usize, &interleave_trace::figure::Line)| {
        let error = line.stream == Stream::Error;
        html! {
            <li key={place} class={error.then_some("error")}>
                <span class="when">{ line.time() }</span>
                <span class="by">{ &line.by }{ error.then(|| html! { <span class="visually-hidden">{ ", error" }</span> }) }</span>
                <span class="text">{ &line.text }</span>
            </li>
        }
    };
    html! {
        <ol class="printed" tabindex="0" aria-label={title.to_owned()}>{ for console.lines.iter().enumerate().map(line) }</ol>
    }
}
