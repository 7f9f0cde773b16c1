//! All runs' timelines on one time axis: live during a run, exact afterwards, with zoom, pan, tooltips and replay.
//!
//! What moves (zoom, pan, replay) is drawn on canvases in at most one animation frame at a time, and only when something
//! changed: an idle timeline costs nothing, and a live one little, because the measurement runs on the same cores.

mod caption;
mod figure;
mod gestures;
mod interact;
mod paint;
mod replay;
mod run_view;
mod table;

pub use run_view::{RunPhase, RunView};

use crate::handle::Handle;
use caption::{label, legend, result};
use figure::{Drawn, Figure, Spot};
use gestures::Gestures;
use interleave_trace::format::{decade, plain};
use interleave_trace::layout::Window;
use paint::{AXIS_HEIGHT, Palette, Scene, Scratch, describe};
use replay::Replay;
use std::collections::BTreeSet;
use wasm_bindgen::prelude::*;
use web_sys::{HtmlCanvasElement, HtmlElement, ResizeObserver};
use yew::prelude::*;

/// The runs to draw.
#[derive(Clone, Debug, PartialEq, Properties)]
pub struct TimelinesProps {
    /// In order of drawing.
    pub runs: Handle<Vec<Handle<RunView>>>,
    /// The clock's step in microseconds: no time is shown more precisely.
    pub timer_us: f64,
    /// Changes when the colours do.
    pub theme: AttrValue,
}

/// The timelines.
pub struct Timelines {
    figures: Vec<Figure>,
    window: Window,
    /// The axis's length: the longest run, rounded up while it is live.
    whole_us: f64,
    palette: Option<Palette>,
    /// How many palettes there have been.
    palettes: u32,
    /// Where bars begin and how wide canvases are, in pixels.
    left: f64,
    width: f64,
    root: NodeRef,
    axis: NodeRef,
    canvases: Vec<NodeRef>,
    tooltip: NodeRef,
    focused: Option<(usize, Spot)>,
    hovered: Option<(usize, Spot)>,
    by_core: bool,
    open_tables: BTreeSet<usize>,
    gestures: Gestures,
    replay: Replay,
    scratch: Scratch,
    drawn_axis: Option<Drawn>,
    frame_asked: bool,
    on_frame: Closure<dyn FnMut(f64)>,
    resized: Option<(ResizeObserver, Closure<dyn FnMut()>)>,
}

/// The timelines' messages.
pub enum Msg {
    /// The browser is about to draw, at this time in milliseconds.
    Frame(f64),
    /// The width changed.
    Resized,
    /// A button's zoom; below 1 is nearer.
    Zoom(f64),
    /// Show everything.
    Fit,
    /// A wheel turned over a figure.
    Wheel(WheelEvent),
    /// A pointer was pressed on a figure.
    Press(usize, PointerEvent),
    /// A pointer moved over a figure.
    Move(usize, PointerEvent),
    /// A pointer was released or left.
    Release(PointerEvent),
    /// A key was pressed on a figure.
    Key(usize, KeyboardEvent),
    /// A figure lost the focus.
    Blur,
    /// Threads or cores, for the mode that has one core.
    ByCore(bool),
    /// A figure's table was opened or closed.
    Table(usize, bool),
    /// Replay's buttons.
    Replay(replay::Command),
}

impl Component for Timelines {
    type Message = Msg;
    type Properties = TimelinesProps;

    fn create(ctx: &Context<Self>) -> Self {
        let link = ctx.link().clone();
        let mut timelines = Timelines {
            figures: Vec::new(),
            window: Window::whole(1e6),
            whole_us: 1e6,
            palette: None,
            palettes: 0,
            left: 0.0,
            width: 0.0,
            root: NodeRef::default(),
            axis: NodeRef::default(),
            canvases: Vec::new(),
            tooltip: NodeRef::default(),
            focused: None,
            hovered: None,
            by_core: false,
            open_tables: BTreeSet::new(),
            gestures: Gestures::default(),
            replay: Replay::default(),
            scratch: Scratch::default(),
            drawn_axis: None,
            frame_asked: false,
            on_frame: Closure::new(move |time_ms| link.send_message(Msg::Frame(time_ms))),
            resized: None,
        };
        timelines.take(&ctx.props().runs);
        timelines
    }

    fn changed(&mut self, ctx: &Context<Self>, old: &Self::Properties) -> bool {
        if ctx.props().theme != old.theme {
            self.palette = None;
        }
        self.take(&ctx.props().runs);
        true
    }

    fn update(&mut self, ctx: &Context<Self>, msg: Msg) -> bool {
        match msg {
            Msg::Frame(time_ms) => {
                self.frame_asked = false;
                let playing = self.replay.advance(time_ms, self.whole_us);
                self.draw();
                if playing {
                    self.ask_for_frame();
                }
                return playing;
            }
            Msg::Resized => {
                self.palette = None;
                self.measure();
            }
            Msg::Zoom(factor) => {
                let middle = (self.window.start_us + self.window.end_us) / 2.0;
                self.window = self.window.zoomed(middle, factor, self.whole_us);
            }
            Msg::Fit => self.window = Window::whole(self.whole_us),
            Msg::Wheel(event) => self.wheel(&event),
            Msg::Press(index, event) => {
                self.gestures.press(&event);
                self.hover(index, &event);
                self.ask_for_frame();
                return true;
            }
            Msg::Move(index, event) => {
                if let Some(window) =
                    self.gestures.moved(&event, self.window, self.whole_us, self.bars_width(), self.left)
                {
                    self.window = window;
                    self.ask_for_frame();
                    // No tooltip while dragging.
                    return self.hovered.take().is_some();
                }
                return self.hover(index, &event);
            }
            Msg::Release(event) => {
                self.gestures.release(&event);
                self.ask_for_frame();
                return self.hovered.take().is_some();
            }
            Msg::Key(index, event) => {
                self.key(index, &event);
                self.ask_for_frame();
                return true;
            }
            Msg::Blur => {
                self.ask_for_frame();
                return self.focused.take().is_some();
            }
            Msg::ByCore(by_core) => {
                self.by_core = by_core;
                (self.focused, self.hovered) = (None, None);
                self.take(&ctx.props().runs);
                return true;
            }
            Msg::Table(index, open) => {
                return if open { self.open_tables.insert(index) } else { self.open_tables.remove(&index) };
            }
            Msg::Replay(command) => {
                self.replay.command(command, self.whole_us);
                self.ask_for_frame();
                return true;
            }
        }
        self.ask_for_frame();
        false
    }

    fn view(&self, ctx: &Context<Self>) -> Html {
        let link = ctx.link();
        let timer_us = ctx.props().timer_us;
        let figures = self.figures.iter().enumerate().map(|(index, figure)| self.view_figure(ctx, index, figure));
        let told = self.focused.and_then(|(index, spot)| describe(self.figures.get(index)?, spot, timer_us));
        let shown =
            self.hovered.or(self.focused).and_then(|(index, spot)| describe(self.figures.get(index)?, spot, timer_us));
        let over = !self.figures.is_empty() && self.figures.iter().all(|figure| figure.run.phase == RunPhase::Done);
        html! {
            <section class="timelines" ref={self.root.clone()} aria-label="Timelines">
                <div class="timeline-bar">
                    { legend() }
                    <div class="zoom" role="group" aria-label="Zoom">
                        <button type="button" aria-label="Zoom in" onclick={link.callback(|_| Msg::Zoom(0.5))}>{ "+" }</button>
                        <button type="button" aria-label="Zoom out" onclick={link.callback(|_| Msg::Zoom(2.0))}>{ "−" }</button>
                        <button type="button" onclick={link.callback(|_| Msg::Fit)}>{ "Fit" }</button>
                    </div>
                </div>
                <canvas class="axis" ref={self.axis.clone()} aria-hidden="true"></canvas>
                { for figures }
                { over.then(|| self.replay.view(self.whole_us, timer_us, &link.callback(Msg::Replay))) }
                <p class="readout" aria-live="polite">{ told.unwrap_or_default() }</p>
                <div class={classes!("tooltip", shown.is_none().then_some("hidden"))} ref={self.tooltip.clone()} aria-hidden="true">
                    { shown.unwrap_or_default() }
                </div>
            </section>
        }
    }

    fn rendered(&mut self, ctx: &Context<Self>, first: bool) {
        if first {
            let link = ctx.link().clone();
            let resized = Closure::new(move || link.send_message(Msg::Resized));
            if let (Ok(observer), Some(root)) =
                (ResizeObserver::new(resized.as_ref().unchecked_ref()), self.root.cast::<HtmlElement>())
            {
                observer.observe(&root);
                self.resized = Some((observer, resized));
            }
        }
        self.measure();
        self.ask_for_frame();
    }

    fn destroy(&mut self, _ctx: &Context<Self>) {
        if let Some((observer, _)) = &self.resized {
            observer.disconnect();
        }
    }
}

impl Timelines {
    /// Takes over new runs. Unchanged figures are not computed again.
    fn take(&mut self, runs: &[Handle<RunView>]) {
        let mut old = std::mem::take(&mut self.figures).into_iter();
        for run in runs {
            let by_core = self.by_core && run.one_core;
            let figure = match old.next() {
                Some(figure) if figure.run == *run && figure.by_core == by_core => figure,
                _ => Figure::new(run.clone(), by_core),
            };
            self.figures.push(figure);
        }
        self.canvases.resize_with(runs.len(), NodeRef::default);
        let longest_us = runs.iter().map(|run| run.wall_us).max().unwrap_or(0) as f64;
        let live = runs.iter().any(|run| matches!(run.phase, RunPhase::Live | RunPhase::Waiting));
        // A live axis grows in steps, or every frame would have another scale. A final one leaves room for the
        // speed-up.
        let whole_us = if live { round_up(longest_us).max(self.least_us(longest_us)) } else { longest_us };
        if whole_us != self.whole_us {
            self.whole_us = whole_us;
            self.window = Window::whole(whole_us);
            self.replay = Replay::default();
        }
        if live {
            (self.hovered, self.focused) = (None, None);
        }
    }

    fn least_us(&self, longest_us: f64) -> f64 {
        if longest_us == 0.0 { 1e6 } else { 0.0 }
    }

    fn view_figure(&self, ctx: &Context<Self>, index: usize, figure: &Figure) -> Html {
        let (link, run, timer_us) = (ctx.link(), &figure.run, ctx.props().timer_us);
        let one_core = run.one_core && run.phase == RunPhase::Done;
        let switch = |by_core: bool, label: &'static str| {
            html! {
                <button type="button" aria-pressed={(self.by_core == by_core).to_string()}
                    onclick={link.callback(move |_| Msg::ByCore(by_core))}>{ label }</button>
            }
        };
        html! {
            <figure class={classes!("run", run.phase.name())} key={run.slug.clone()} data-run={run.slug.clone()}>
                <figcaption>
                    <h2>{ &run.title }</h2>
                    { one_core.then(|| html! {
                        <span class="switch" role="group" aria-label="View">{ switch(false, "By thread") }{ switch(true, "By core") }</span>
                    }) }
                    <span class="result">{ result(run, timer_us) }</span>
                </figcaption>
                <canvas class="lanes" ref={self.canvases[index].clone()} tabindex="0" role="application"
                    aria-roledescription="timeline" aria-label={label(run, timer_us)}
                    onwheel={link.callback(Msg::Wheel)}
                    onpointerdown={link.callback(move |event| Msg::Press(index, event))}
                    onpointermove={link.callback(move |event| Msg::Move(index, event))}
                    onpointerup={link.callback(Msg::Release)}
                    onpointercancel={link.callback(Msg::Release)}
                    onpointerleave={link.callback(Msg::Release)}
                    onkeydown={link.callback(move |event| Msg::Key(index, event))}
                    onblur={link.callback(|_| Msg::Blur)}></canvas>
                { self.view_table(ctx, index, figure) }
            </figure>
        }
    }

    fn view_table(&self, ctx: &Context<Self>, index: usize, figure: &Figure) -> Html {
        let open = self.open_tables.contains(&index);
        let toggle = ctx.link().callback(move |_| Msg::Table(index, !open));
        table::on_demand(&figure.run, ctx.props().timer_us, open, toggle)
    }

    fn bars_width(&self) -> f64 {
        (self.width - self.left).max(1.0)
    }

    /// Measures the width, and sets the canvases' heights. Through the DOM, because a strict content security policy
    /// refuses style attributes.
    fn measure(&mut self) {
        let Some(root) = self.root.cast::<HtmlElement>() else { return };
        self.width = f64::from(root.client_width());
        self.left = if self.width < 560.0 { 28.0 } else { 84.0 };
        let heights = self.figures.iter().map(|figure| figure.height);
        let canvases = self.canvases.iter().zip(heights).chain([(&self.axis, AXIS_HEIGHT)]);
        for (canvas, height) in canvases {
            if let Some(canvas) = canvas.cast::<HtmlElement>() {
                let _ = canvas.style().set_property("height", &(plain(height) + "px"));
            }
        }
    }

    fn ask_for_frame(&mut self) {
        if !std::mem::replace(&mut self.frame_asked, true)
            && let Some(window) = web_sys::window()
        {
            let _ = window.request_animation_frame(self.on_frame.as_ref().unchecked_ref());
        }
    }

    fn draw(&mut self) {
        if self.width < 1.0 {
            return;
        }
        if self.palette.is_none() {
            self.palette = Palette::read();
            self.palettes += 1;
        }
        let Some(palette) = &self.palette else { return };
        let clock_us = self.replay.clock_us();
        let scene = Scene { palette, window: self.window, left: self.left, width: self.width, clock_us };
        let (window, left, width, palette) = (self.window, self.left, self.width, self.palettes);
        let axis = Drawn { window, left, width, clock_us, marked: None, palette };
        if self.drawn_axis.replace(axis) != Some(axis)
            && let Some(canvas) = self.axis.cast::<HtmlCanvasElement>()
        {
            scene.axis(&canvas);
        }
        for (index, (figure, canvas)) in self.figures.iter_mut().zip(&self.canvases).enumerate() {
            let marked = self.hovered.or(self.focused).filter(|(marked, _)| *marked == index).map(|(_, spot)| spot);
            let now = Drawn { marked, ..axis };
            if figure.drawn.replace(now) != Some(now)
                && let Some(canvas) = canvas.cast::<HtmlCanvasElement>()
            {
                scene.figure(&canvas, figure, marked, &mut self.scratch);
            }
        }
    }
}

/// The next 1, 2, 3 or 5 · 10ⁿ.
fn round_up(us: f64) -> f64 {
    let decade = decade(us.max(1.0));
    [1.0, 2.0, 3.0, 5.0, 10.0].map(|factor| factor * decade).into_iter().find(|size| *size >= us).unwrap_or(us)
}
