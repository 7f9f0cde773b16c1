//! Draws figures and the axis on their canvases.

use super::caption::in_words;
use super::figure::{Figure, Spot};
use super::run_view::RunView;
use interleave_trace::format::{duration, fixed, trimmed};
use interleave_trace::layout::{Bar, Look, Window, bars, density, ticks};
use interleave_trace::pixels::{PATTERNED, Pattern, Pixels, Rgb, mixed};
use interleave_trace::{State, Subject};
use wasm_bindgen::{Clamped, prelude::*};
use web_sys::{CanvasRenderingContext2d, HtmlCanvasElement, ImageData};

/// Height of the axis in pixels.
pub(super) const AXIS_HEIGHT: f64 = 22.0;
/// Pixels between ticks.
const TICK_SPACING: f64 = 90.0;

/// Colours and patterns, as the style sheet has them now.
pub(super) struct Palette {
    /// Display pixels per page pixel.
    scale: f64,
    /// For thin bars.
    flat: Looks,
    /// For bars that have room for a pattern.
    patterned: Looks,
    /// For what is not lit up while something is.
    dim: Looks,
    text: String,
    quiet: String,
    grid: String,
    ground: String,
    on_run: String,
    accent: String,
    font: String,
}

/// A look for each state.
type Looks = [Pattern; State::ALL.len()];

/// How much of its colour remains of what is not lit up.
const DIMMED: f64 = 0.22;

impl Palette {
    /// Reads the style sheet.
    pub(super) fn read() -> Option<Palette> {
        let window = web_sys::window()?;
        let root = window.document()?.document_element()?;
        let style = window.get_computed_style(&root).ok()??;
        let value = |name: &str| style.get_property_value(name).unwrap_or_default().trim().to_owned();
        let scale = window.device_pixel_ratio().clamp(1.0, 2.0);
        let ground = value("--ground");
        let colour = |state: State, kind: &str| rgb(&value(&format!("--state-{}{kind}", state.name())));
        Some(Palette {
            scale,
            flat: State::ALL.map(|state| Pattern::flat(colour(state, ""))),
            patterned: State::ALL.map(|state| Pattern::new(state, colour(state, "-ink"), colour(state, ""), scale)),
            dim: State::ALL.map(|state| Pattern::flat(mixed(rgb(&ground), colour(state, ""), DIMMED))),
            text: value("--text"),
            quiet: value("--text-quiet"),
            grid: value("--grid"),
            ground,
            on_run: value("--on-run"),
            accent: value("--accent"),
            font: style.get_property_value("font-family").unwrap_or_default(),
        })
    }
}

/// `#rrggbb`, as the style sheet writes colours; black if it is anything else.
fn rgb(text: &str) -> Rgb {
    let number = text.strip_prefix('#').and_then(|digits| u32::from_str_radix(digits, 16).ok()).unwrap_or(0);
    let [_, rgb @ ..] = number.to_be_bytes();
    rgb
}

/// Buffers reused from frame to frame.
#[derive(Default)]
pub(super) struct Scratch {
    bars: Vec<Bar>,
    columns: Vec<[f32; State::ALL.len()]>,
    pixels: Pixels,
}

/// What all canvases share in one frame.
pub(super) struct Scene<'a> {
    pub(super) palette: &'a Palette,
    pub(super) window: Window,
    /// How wide the time axis is, in pixels.
    pub(super) width: f64,
    /// Replay's clock, if it is in use.
    pub(super) clock_us: Option<f64>,
}

/// What of a figure is lit up.
#[derive(Clone, Copy)]
pub(super) enum Lit<'a> {
    /// Everything, as nothing of any figure stands out.
    All,
    /// Nothing: what stands out is elsewhere.
    Nothing,
    /// Spans in these states; in all if there are none.
    States(&'a [State]),
    /// Spans at this line of the program.
    Line(u32),
}

impl Lit<'_> {
    fn shows(self, run: &RunView, state: State, task: u32) -> bool {
        match self {
            Lit::All => true,
            Lit::Nothing => false,
            Lit::States(states) => states.is_empty() || states.contains(&state),
            Lit::Line(line) => run.subject(task).is_some_and(|subject| subject.line == line),
        }
    }
}

impl Scene<'_> {
    fn x(&self, at_us: f64) -> f64 {
        self.window.x(at_us, self.width)
    }

    /// The axis that all figures share.
    pub(super) fn axis(&self, canvas: &HtmlCanvasElement) -> Option<()> {
        let context = self.start(canvas, self.width, AXIS_HEIGHT)?;
        context.set_font(&format!("12px {}", self.palette.font));
        context.set_fill_style_str(&self.palette.quiet);
        context.set_text_baseline("middle");
        let ticks = ticks(self.window, self.width, TICK_SPACING);
        for tick in &ticks {
            let (number, unit) = tick_label(*tick, self.window);
            let label = if Some(tick) == ticks.last() { format!("{number} {unit}") } else { number };
            let width = context.measure_text(&label).map_or(0.0, |size| size.width());
            let x = (self.x(*tick as f64) - width / 2.0).clamp(0.0, (self.width - width).max(0.0));
            let _ = context.fill_text(&label, x, AXIS_HEIGHT / 2.0 + 1.0);
        }
        self.playhead(&context, 0.0, AXIS_HEIGHT);
        Some(())
    }

    /// A figure. `marked` is the span in focus, or under the pointer.
    pub(super) fn figure(
        &self,
        canvas: &HtmlCanvasElement,
        figure: &Figure,
        marked: Option<Spot>,
        lit: Lit,
        scratch: &mut Scratch,
    ) -> Option<()> {
        let context = self.start(canvas, figure.left + self.width, figure.height)?;
        let labels = self.bars(&context, canvas, figure, lit, scratch)?;
        self.grid(&context, figure);
        context.set_text_baseline("middle");
        if figure.shape.open {
            self.names(&context, figure);
            self.ends(&context, figure);
        }
        context.set_fill_style_str(&self.palette.on_run);
        for (number, x, y) in labels {
            let _ = context.fill_text(&number.to_string(), x, y);
        }
        self.bound(&context, figure);
        if let Some(spot) = marked {
            self.mark(&context, figure, spot);
        }
        self.playhead(&context, figure.left, figure.height);
        Some(())
    }

    /// All bars as one picture: a canvas takes too long to draw thousands one by one. Returns the numbers of the tasks
    /// that have room for one, and where.
    fn bars(
        &self,
        context: &CanvasRenderingContext2d,
        canvas: &HtmlCanvasElement,
        figure: &Figure,
        lit: Lit,
        Scratch { bars: buffer, columns, pixels }: &mut Scratch,
    ) -> Option<Vec<(u32, f64, f64)>> {
        let Palette { scale, flat, patterned, dim, .. } = self.palette;
        let mut labels = Vec::new();
        pixels.clear(canvas.width() as usize, canvas.height() as usize);
        let until_us = self.clock_us.unwrap_or(f64::INFINITY);
        if figure.look == Look::Density {
            // At the display's own pixels.
            density(&figure.rows, self.window, (self.width * scale) as usize, until_us, columns);
            // Merged as they are, they are at no line.
            let shown = |state| lit.shows(&figure.run, state, u32::MAX);
            let looks = State::ALL.map(|state| if shown(state) { &flat[state as usize] } else { &dim[state as usize] });
            pixels.density(columns, (figure.left * scale) as usize, 0..(figure.height * scale) as usize, &looks);
        }
        for (index, row) in figure.rows.iter().enumerate() {
            let Some((y, thickness)) = figure.place(index) else { continue };
            // In the comparison, patterns would say nothing that a row's length does not say louder.
            let bright = if figure.shape.open && thickness >= PATTERNED { patterned } else { flat };
            let lines = (y * scale).round() as usize..((y + thickness) * scale).round() as usize;
            bars(row, self.window, self.width, until_us, buffer);
            for bar in &*buffer {
                let (x0, x1) = (figure.left + bar.x0, figure.left + bar.x1.max(bar.x0 + 0.6));
                let shown = lit.shows(&figure.run, bar.state, bar.task);
                let looks = if shown { bright } else { dim };
                pixels.bar(x0 * scale, x1 * scale, lines.clone(), &looks[bar.state as usize]);
                if thickness >= PATTERNED && bar.state == State::Run && x1 - x0 > 14.0 && shown {
                    // A program has lines instead of tasks.
                    let number = figure.run.subject(bar.task).map_or(bar.task, |subject| subject.line);
                    labels.push((number, x0 + 3.0, y + thickness / 2.0 + 0.5));
                }
            }
        }
        let image = ImageData::new_with_u8_clamped_array(Clamped(pixels.rgba()), canvas.width()).ok()?;
        context.put_image_data(&image, 0.0, 0.0).ok()?;
        context.set_font(&format!("11px {}", self.palette.font));
        Some(labels)
    }

    /// The axis's ticks, behind the bars.
    fn grid(&self, context: &CanvasRenderingContext2d, figure: &Figure) {
        let _ = context.set_global_composite_operation("destination-over");
        context.set_fill_style_str(&self.palette.grid);
        for tick in ticks(self.window, self.width, TICK_SPACING) {
            context.fill_rect((figure.left + self.x(tick as f64)).round(), 0.0, 1.0, figure.height);
        }
        let _ = context.set_global_composite_operation("source-over");
    }

    /// The lanes' names: left of the bars, or on them where there is no room.
    fn names(&self, context: &CanvasRenderingContext2d, figure: &Figure) {
        context.set_fill_style_str(&self.palette.quiet);
        context.set_stroke_style_str(&self.palette.ground);
        context.set_line_width(3.0);
        let beside = figure.left > 60.0;
        for (index, name) in figure.names.iter().enumerate() {
            let Some((y, thickness)) = figure.place(index) else { return };
            // If rows are too low for text, only every few have a name.
            if thickness < 8.0 && !index.is_multiple_of(4) {
                continue;
            }
            let y = y + thickness / 2.0 + 0.5;
            if beside {
                let _ = context.fill_text_with_max_width(name, 0.0, y, figure.left - 8.0);
            } else {
                let short = name.rsplit(' ').next().unwrap_or(name);
                let _ = context.stroke_text(short, 2.0, y);
                let _ = context.fill_text(short, 2.0, y);
            }
        }
        if beside && !figure.ends_us.is_empty() {
            let _ = context.fill_text_with_max_width("tasks end", 0.0, figure.height - 7.0, figure.left - 8.0);
        }
    }

    /// Where each task ended: how its response times are distributed.
    fn ends(&self, context: &CanvasRenderingContext2d, figure: &Figure) {
        context.set_fill_style_str(&self.palette.text);
        context.set_global_alpha(0.6);
        for end_us in &figure.ends_us {
            let x = self.x(*end_us as f64);
            if (0.0..=self.width).contains(&x) {
                context.fill_rect(figure.left + x - 1.0, figure.height - 13.0, 2.0, 11.0);
            }
        }
        context.set_global_alpha(1.0);
    }

    /// The shortest time in which the run could have been done, as a dotted line.
    fn bound(&self, context: &CanvasRenderingContext2d, figure: &Figure) {
        let Some(bound_us) = figure.run.bound_us else { return };
        let x = self.x(bound_us as f64);
        if !(0.0..=self.width).contains(&x) {
            return;
        }
        context.set_fill_style_str(&self.palette.text);
        let mut y = 0.0;
        while y < figure.height {
            context.fill_rect(figure.left + x - 0.75, y, 1.5, 2.0);
            y += 4.0;
        }
    }

    fn mark(&self, context: &CanvasRenderingContext2d, figure: &Figure, spot: Spot) {
        let Some(span) = figure.rows.get(spot.row).and_then(|row| row.spans.get(spot.span)) else { return };
        let Some((y, thickness)) = figure.place(spot.row) else { return };
        let x0 = self.x(span.start_us as f64).clamp(0.0, self.width);
        let x1 = self.x(span.end_us as f64).clamp(0.0, self.width);
        context.set_stroke_style_str(&self.palette.accent);
        context.set_line_width(2.0);
        context.stroke_rect(figure.left + x0 - 1.0, y - 0.5, (x1 - x0).max(2.0) + 2.0, thickness + 1.0);
    }

    fn playhead(&self, context: &CanvasRenderingContext2d, left: f64, height: f64) {
        if let Some(clock_us) = self.clock_us {
            let x = self.x(clock_us);
            if (0.0..=self.width).contains(&x) {
                context.set_fill_style_str(&self.palette.accent);
                context.fill_rect(left + x, 0.0, 1.5, height);
            }
        }
    }

    /// Sizes the canvas for the display's pixels, and clears it.
    fn start(&self, canvas: &HtmlCanvasElement, width: f64, height: f64) -> Option<CanvasRenderingContext2d> {
        let scale = self.palette.scale;
        let (w, h) = ((width * scale).round() as u32, (height * scale).round() as u32);
        // Setting the size also clears the canvas, but costs more.
        if (canvas.width(), canvas.height()) != (w, h) {
            canvas.set_width(w);
            canvas.set_height(h);
        }
        let context = context(canvas)?;
        context.set_transform(scale, 0.0, 0.0, scale, 0.0, 0.0).ok()?;
        context.clear_rect(0.0, 0.0, width, height);
        Some(context)
    }
}

/// A tick in the unit of the axis, with enough digits to differ from its neighbours, and the unit.
fn tick_label(tick_us: u64, window: Window) -> (String, &'static str) {
    let (unit, size) = if window.end_us >= 2e6 { ("s", 1e6) } else { ("ms", 1e3) };
    (trimmed(&fixed(tick_us as f64 / size, 3)).to_owned(), unit)
}

fn context(canvas: &HtmlCanvasElement) -> Option<CanvasRenderingContext2d> {
    canvas.get_context("2d").ok()??.dyn_into().ok()
}

/// A span in words.
pub(super) fn describe(figure: &Figure, spot: Spot, timer_us: f64) -> Option<String> {
    let row = figure.rows.get(spot.row)?;
    let span = row.spans.get(spot.span)?;
    let state = in_words(span.state);
    let start = duration(span.start_us as f64, timer_us);
    let length = duration(span.len_us() as f64, timer_us);
    let name = &figure.names[spot.row];
    Some(match figure.run.subject(span.task) {
        Some(Subject { words, line: 0 }) => format!("{name} {words}, from {start}, for {length}"),
        Some(Subject { words, line }) => format!("{name} {words} (line {line}), from {start}, for {length}"),
        None if !figure.run.of_tasks => format!("{name}: {state}, from {start}, for {length}"),
        None => format!("Task {} on {name}: {state}, from {start}, for {length}", span.task),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::handle::Handle;
    use crate::timeline::RunPhase;
    use crate::timeline::figure::Shape;
    use interleave_labs::{LABS, Values};
    use interleave_trace::{Lane, LaneKind, Span};
    use std::rc::Rc;

    #[test]
    fn colours_are_read_as_the_style_sheet_writes_them() {
        assert_eq!(["#0b5d76", "#ffffff", "teal"].map(rgb), [[11, 93, 118], [255; 3], [0; 3]]);
    }

    #[test]
    fn a_span_of_a_program_says_what_it_is_about_and_is_lit_up_with_its_line() {
        let sheet = LABS[0].sheet();
        let option = &sheet.control("modes").unwrap().options()[0];
        let mut run = RunView::of(option, &Values::defaults(&sheet.controls), RunPhase::Done);
        let span = |task, start_us, end_us| Span { lane: 0, task, state: State::Wait, start_us, end_us };
        run.lanes = Rc::new([Lane { id: 0, name: "Ada".to_owned(), kind: LaneKind::Thread }]);
        run.spans = Rc::new(vec![span(1, 0, 2_000), span(0, 2_000, 3_000), span(1, 3_000, 4_000)]);
        let told = |run: &RunView, span| {
            let figure = Figure::new(Handle::new(run.clone()), Shape::default());
            describe(&figure, Spot { row: 0, span }, 5.0).unwrap()
        };
        assert!(told(&run, 0).starts_with("Task 1 on Ada: waiting, from 0"), "{}", told(&run, 0));
        let subject = |words: &str, line| Subject { words: words.to_owned(), line };
        run.subjects = Rc::new([subject("ends", 0), subject("waits for a Lock", 12), subject("is elsewhere", 9)]);
        assert!(told(&run, 0).starts_with("Ada waits for a Lock (line 12), from 0"), "{}", told(&run, 0));
        assert!(told(&run, 1).starts_with("Ada ends, from 2"), "{}", told(&run, 1));
        assert_eq!([12, 9, 1].map(|line| run.has_line(line)), [true, false, false], "no span is at line 9");
        let lit = |lit: Lit| run.spans.iter().map(|span| lit.shows(&run, span.state, span.task)).collect::<Vec<_>>();
        assert_eq!(lit(Lit::Line(12)), [true, false, true]);
        assert_eq!([lit(Lit::Nothing), lit(Lit::States(&[State::Run]))], [[false; 3]; 2]);
        assert_eq!([lit(Lit::All), lit(Lit::States(&[]))], [[true; 3]; 2]);
    }

    #[test]
    fn ticks_are_labelled_in_one_unit() {
        let label = |(number, unit)| format!("{number} {unit}");
        let labels = |window: Window, ticks: [u64; 2]| ticks.map(|tick| label(tick_label(tick, window)));
        assert_eq!(labels(Window::whole(1.6e6), [200_000, 1_600_000]), ["200 ms", "1600 ms"]);
        assert_eq!(labels(Window::whole(4e6), [500_000, 4_000_000]), ["0.5 s", "4 s"]);
        assert_eq!(labels(Window::whole(900.0), [50, 500]), ["0.05 ms", "0.5 ms"]);
    }
}
