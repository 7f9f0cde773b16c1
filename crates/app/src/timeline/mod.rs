//! The comparison: a row for each run on one time axis, live during a run and exact afterwards. A row opens for its lanes and all that was
//! measured of it; zoom, pan, tooltips and replay are for all of them.
//!
//! ```text
//!  ☑ Sequential       ░░░░▓▓░░░░▓▓░░░░▓▓░░░░▓▓   1.32 s
//!  ☑ Thread per task  ░░░░▓▒▓▒                   361 ms   3.7 × as fast
//!                     0          600         1200 ms
//! ```
//!
//! What moves (zoom, pan, replay) is drawn on canvases in at most one animation frame at a time, and only when something
//! changed: an idle timeline costs nothing, and a live one little, because the measurement runs on the same cores.

mod caption;
mod detail;
mod drawing;
mod figure;
mod gestures;
mod interact;
mod paint;
mod replay;
mod row;
mod run_view;
mod table;

pub use run_view::{RunPhase, RunView};

use crate::action::Action;
use crate::handle::Handle;
use crate::state::{Line, Outcome};
use caption::legend;
use figure::{Drawn, Figure, Room, Shape, Spot};
use gestures::Gestures;
use interleave_labs::lab::Light;
use interleave_labs::{Sheet, Values};
use interleave_trace::format::decade;
use interleave_trace::layout::Window;
use paint::{Palette, Scratch, describe};
use replay::Replay;
use wasm_bindgen::prelude::*;
use web_sys::{HtmlElement, MediaQueryList, ResizeObserver};
use yew::prelude::*;

/// The runs to draw.
#[derive(Clone, PartialEq, Properties)]
pub struct TimelinesProps {
    /// In order of drawing.
    pub runs: Handle<Vec<Handle<RunView>>>,
    /// The clock's step in microseconds: no time is shown more precisely.
    pub timer_us: f64,
    /// Changes when the colours do.
    pub theme: AttrValue,
    /// The lab.
    pub sheet: Handle<Sheet>,
    /// The control that says what runs, if its boxes stand in the rows.
    pub ticks: Option<AttrValue>,
    /// All values.
    pub values: Handle<Values>,
    /// Whether threads share memory here; if not, what needs that is switched off.
    pub shared_memory: bool,
    /// What the last finished run measured: its sentences stand in the rows that they are about.
    pub outcome: Option<Handle<Outcome>>,
    /// What is lit up.
    pub lit: Handle<Vec<Light>>,
    /// The line of the reader's program that is looked at.
    pub line: Option<Line>,
    /// Takes what the reader does.
    pub act: Callback<Action>,
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
    /// How often something else has been lit up.
    lightings: u32,
    /// How wide the time axis is, in pixels.
    width: f64,
    room: Room,
    root: NodeRef,
    axis: NodeRef,
    canvases: Vec<NodeRef>,
    /// What covers the end of the live run's bars, and draws back.
    cover: NodeRef,
    tooltip: NodeRef,
    focused: Option<(usize, Spot)>,
    hovered: Option<(usize, Spot)>,
    /// The line of the program that the page has been told is pointed at.
    pointed: Option<u32>,
    /// The slug of the row that is open.
    open: Option<String>,
    by_core: bool,
    by_time: bool,
    table: bool,
    gestures: Gestures,
    replay: Replay,
    scratch: Scratch,
    drawn_axis: Option<Drawn>,
    frame_asked: bool,
    on_frame: Closure<dyn FnMut(f64)>,
    resized: Option<(ResizeObserver, Closure<dyn FnMut()>)>,
    /// Whether the system is dark: the page's colours may follow it.
    recoloured: Option<(MediaQueryList, Closure<dyn FnMut()>)>,
}

/// The timelines' messages.
pub enum Msg {
    /// The browser is about to draw, at this time in milliseconds.
    Frame(f64),
    /// The width changed.
    Resized,
    /// The system's colours changed.
    Recoloured,
    /// A button's zoom; below 1 is nearer.
    Zoom(f64),
    /// Show everything.
    Fit,
    /// A wheel turned over a figure.
    Wheel(usize, WheelEvent),
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
    /// Open this row, or close it.
    Open(usize),
    /// A figure was pressed and released.
    Tap(usize),
    /// The open row's table was opened or closed.
    Table(bool),
    /// Sort rows by time, or in the order in which they ran.
    ByTime(bool),
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
            lightings: 0,
            width: 0.0,
            room: Room::now(),
            root: NodeRef::default(),
            axis: NodeRef::default(),
            canvases: Vec::new(),
            cover: NodeRef::default(),
            tooltip: NodeRef::default(),
            focused: None,
            hovered: None,
            pointed: None,
            open: None,
            by_core: false,
            by_time: false,
            table: false,
            gestures: Gestures::default(),
            replay: Replay::default(),
            scratch: Scratch::default(),
            drawn_axis: None,
            frame_asked: false,
            on_frame: Closure::new(move |time_ms| link.send_message(Msg::Frame(time_ms))),
            resized: None,
            recoloured: None,
        };
        timelines.take(&ctx.props().runs);
        timelines
    }

    fn changed(&mut self, ctx: &Context<Self>, old: &Self::Properties) -> bool {
        if ctx.props().theme != old.theme {
            self.palette = None;
        }
        if ctx.props().lit != old.lit || ctx.props().line != old.line {
            self.lightings += 1;
        }
        self.take(&ctx.props().runs);
        true
    }

    fn update(&mut self, ctx: &Context<Self>, msg: Msg) -> bool {
        match msg {
            Msg::Frame(time_ms) => {
                self.frame_asked = false;
                let playing = self.replay.advance(time_ms, self.whole_us);
                self.draw(ctx.props());
                if playing {
                    self.ask_for_frame();
                }
                return playing;
            }
            Msg::Resized => {
                self.palette = None;
                self.measure();
                let room = Room::now();
                if std::mem::replace(&mut self.room, room) != room {
                    self.take(&ctx.props().runs);
                    return true;
                }
            }
            Msg::Recoloured => self.palette = None,
            Msg::Zoom(factor) => {
                let middle = (self.window.start_us + self.window.end_us) / 2.0;
                self.window = self.window.zoomed(middle, factor, self.whole_us);
            }
            Msg::Fit => self.window = Window::whole(self.whole_us),
            Msg::Wheel(index, event) => self.wheel(index, &event),
            Msg::Press(index, event) => {
                self.gestures.press(&event);
                self.hover(index, &event);
                self.ask_for_frame();
                return true;
            }
            Msg::Move(index, event) => {
                if let Some(window) =
                    self.gestures.moved(&event, self.window, self.whole_us, self.width, self.left_of(index))
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
            Msg::Key(index, event)
                if matches!(event.key().as_str(), "Enter" | " ") && !event.ctrl_key() && !event.meta_key() =>
            {
                event.prevent_default();
                return Component::update(self, ctx, Msg::Open(index));
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
            // The end of a drag is no press.
            Msg::Tap(_) if self.gestures.dragged() => return false,
            Msg::Open(index) | Msg::Tap(index) => {
                let slug = self.figures.get(index).map(|figure| figure.run.slug.clone());
                self.open = slug.filter(|slug| self.open.as_ref() != Some(slug));
                (self.table, self.by_core) = (false, false);
                (self.focused, self.hovered) = (None, None);
                self.take(&ctx.props().runs);
                return true;
            }
            Msg::Table(open) => {
                self.table = open;
                return true;
            }
            Msg::ByTime(by_time) => {
                self.by_time = by_time;
                return true;
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
        let (link, timer_us) = (ctx.link(), ctx.props().timer_us);
        let told = self.focused.and_then(|(index, spot)| describe(self.figures.get(index)?, spot, timer_us));
        let shown =
            self.hovered.or(self.focused).and_then(|(index, spot)| describe(self.figures.get(index)?, spot, timer_us));
        let ran = |figure: &&Figure| figure.run.phase != RunPhase::Off;
        let over = self.figures.iter().any(|figure| ran(&figure))
            && self.figures.iter().filter(ran).all(|figure| figure.run.phase == RunPhase::Done);
        let mut order: Vec<usize> = (0..self.figures.len()).collect();
        if self.by_time && over {
            order.sort_by_key(|&index| match &self.figures[index].run {
                run if run.phase == RunPhase::Done => run.wall_us,
                _ => u64::MAX,
            });
        }
        let rows = order.into_iter().map(|index| self.view_row(ctx, index));
        let by_time = self.by_time;
        html! {
            <section class="timelines" ref={self.root.clone()} aria-label="Timelines">
                <div class="rows">{ for rows }</div>
                <div class="axis-row">
                    <canvas class="axis" ref={self.axis.clone()} aria-hidden="true"></canvas>
                    <button type="button" class="quiet" aria-pressed={by_time.to_string()} disabled={!over}
                        onclick={link.callback(move |_| Msg::ByTime(!by_time))}>{ "Sort by time" }</button>
                </div>
                <div class="timeline-bar">
                    { legend() }
                    <div class="zoom" role="group" aria-label="Zoom">
                        <button type="button" aria-label="Zoom in" onclick={link.callback(|_| Msg::Zoom(0.5))}>{ "+" }</button>
                        <button type="button" aria-label="Zoom out" onclick={link.callback(|_| Msg::Zoom(2.0))}>{ "−" }</button>
                        <button type="button" onclick={link.callback(|_| Msg::Fit)}>{ "Fit" }</button>
                    </div>
                    { self.replay.view(self.whole_us, timer_us, over, &link.callback(Msg::Replay)) }
                </div>
                <p class="readout visually-hidden" aria-live="polite">{ told.unwrap_or_default() }</p>
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
            let link = ctx.link().clone();
            let recoloured = Closure::new(move || link.send_message(Msg::Recoloured));
            let dark = web_sys::window().and_then(|window| window.match_media("(prefers-color-scheme: dark)").ok()?);
            if let Some(dark) = dark {
                let _ = dark.add_event_listener_with_callback("change", recoloured.as_ref().unchecked_ref());
                self.recoloured = Some((dark, recoloured));
            }
        }
        self.measure();
        self.ask_for_frame();
        let span = self.hovered.or(self.focused).and_then(|(index, spot)| {
            let figure = self.figures.get(index)?;
            figure.run.subject(figure.rows.get(spot.row)?.spans.get(spot.span)?.task)
        });
        let line = span.map(|subject| subject.line).filter(|line| *line > 0);
        if std::mem::replace(&mut self.pointed, line) != line {
            ctx.props().act.emit(Action::Line(line.map(Line::Span)));
        }
    }

    fn destroy(&mut self, _ctx: &Context<Self>) {
        if let Some((observer, _)) = &self.resized {
            observer.disconnect();
        }
        if let Some((dark, recoloured)) = &self.recoloured {
            let _ = dark.remove_event_listener_with_callback("change", recoloured.as_ref().unchecked_ref());
        }
    }
}

impl Timelines {
    /// Takes over new runs. Unchanged figures are not computed again.
    fn take(&mut self, runs: &[Handle<RunView>]) {
        let mut old = std::mem::take(&mut self.figures).into_iter();
        for run in runs {
            let open = self.open.as_ref() == Some(&run.slug);
            let shape = Shape { open, by_core: open && self.by_core && run.one_core, room: self.room };
            let figure = match old.next() {
                Some(figure) if figure.run == *run && figure.shape == shape => figure,
                _ => Figure::new(run.clone(), shape),
            };
            self.figures.push(figure);
        }
        self.canvases.resize_with(runs.len(), NodeRef::default);
        let longest_us = runs.iter().map(|run| run.wall_us.max(run.bound_us.unwrap_or(0))).max().unwrap_or(0) as f64;
        let live = runs.iter().any(|run| matches!(run.phase, RunPhase::Live | RunPhase::Waiting));
        // A live axis grows in steps, or every frame would have another scale.
        let whole_us = match longest_us {
            0.0 => 1e6,
            _ if live => round_up(longest_us),
            _ => longest_us * 1.01,
        };
        if whole_us != self.whole_us {
            self.whole_us = whole_us;
            self.window = Window::whole(whole_us);
            self.replay = Replay::default();
        }
        if live {
            (self.hovered, self.focused) = (None, None);
        }
    }
}

/// The next 1, 2, 3 or 5 · 10ⁿ.
fn round_up(us: f64) -> f64 {
    let decade = decade(us.max(1.0));
    [1.0, 2.0, 3.0, 5.0, 10.0].map(|factor| factor * decade).into_iter().find(|size| *size >= us).unwrap_or(us)
}
