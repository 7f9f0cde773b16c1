//! Draws figures and the axis on their canvases.

use super::caption::in_words;
use super::figure::{Figure, Spot};
use super::run_view::RunPhase;
use interleave_trace::State;
use interleave_trace::format::{duration, fixed, plain, ratio, trimmed};
use interleave_trace::layout::{Bar, Window, bars, ticks};
use interleave_trace::pixels::{Pattern, Pixels, Rgb};
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
    patterns: [Pattern; State::ALL.len()],
    text: String,
    quiet: String,
    grid: String,
    on_run: String,
    accent: String,
    font: String,
}

impl Palette {
    /// Reads the style sheet.
    pub(super) fn read() -> Option<Palette> {
        let window = web_sys::window()?;
        let root = window.document()?.document_element()?;
        let style = window.get_computed_style(&root).ok()??;
        let value = |name: &str| style.get_property_value(name).unwrap_or_default().trim().to_owned();
        let scale = window.device_pixel_ratio().clamp(1.0, 2.0);
        let pattern = |state: State| {
            let colour = |kind: &str| rgb(&value(&format!("--state-{}{kind}", state.name())));
            Pattern::new(state, colour(""), colour("-ground"), scale)
        };
        Some(Palette {
            scale,
            patterns: State::ALL.map(pattern),
            text: value("--text"),
            quiet: value("--text-quiet"),
            grid: value("--grid"),
            on_run: value("--on-run"),
            accent: value("--accent"),
            font: "system-ui, sans-serif".into(),
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
    pixels: Pixels,
}

/// What all canvases share in one frame.
pub(super) struct Scene<'a> {
    pub(super) palette: &'a Palette,
    pub(super) window: Window,
    /// Where the bars begin, in pixels.
    pub(super) left: f64,
    /// How wide canvases are, in pixels.
    pub(super) width: f64,
    /// Replay's clock, if it is in use.
    pub(super) clock_us: Option<f64>,
}

impl Scene<'_> {
    fn bars_width(&self) -> f64 {
        (self.width - self.left).max(1.0)
    }

    fn x(&self, at_us: f64) -> f64 {
        self.left + self.window.x(at_us, self.bars_width())
    }

    /// The axis that all figures share.
    pub(super) fn axis(&self, canvas: &HtmlCanvasElement) -> Option<()> {
        let context = self.start(canvas, AXIS_HEIGHT)?;
        context.set_font(&format!("11px {}", self.palette.font));
        context.set_fill_style_str(&self.palette.quiet);
        context.set_text_baseline("middle");
        let ticks = ticks(self.window, self.bars_width(), TICK_SPACING);
        for tick in ticks {
            let x = self.x(tick as f64);
            context.fill_rect(x, AXIS_HEIGHT - 5.0, 1.0, 5.0);
            let label = if tick == 0 { "0".to_owned() } else { tick_label(tick, self.window) };
            let half = context.measure_text(&label).map_or(0.0, |size| size.width() / 2.0);
            let x = (x - half).clamp(self.left - half.min(self.left), self.width - 2.0 * half);
            let _ = context.fill_text(&label, x, AXIS_HEIGHT / 2.0 - 3.0);
        }
        self.playhead(&context, AXIS_HEIGHT);
        Some(())
    }

    /// A figure. `marked` is the span in focus, or under the pointer.
    pub(super) fn figure(
        &self,
        canvas: &HtmlCanvasElement,
        figure: &Figure,
        marked: Option<Spot>,
        scratch: &mut Scratch,
    ) -> Option<()> {
        let context = self.start(canvas, figure.height)?;
        let thickness = figure.pitch - if figure.pitch > 8.0 { 3.0 } else { 1.0 };
        let labels = self.bars(&context, canvas, figure, thickness, scratch)?;
        self.grid(&context, figure.height);
        context.set_text_baseline("middle");
        context.set_font(&format!("{}px {}", plain((thickness - 1.0).clamp(5.0, 11.0)), self.palette.font));
        context.set_fill_style_str(&self.palette.quiet);
        for (index, name) in figure.names.iter().enumerate() {
            self.name(&context, name, index, row_y(figure, index) + thickness / 2.0, figure.pitch);
        }
        context.set_fill_style_str(&self.palette.on_run);
        for (task, x, y) in labels {
            let _ = context.fill_text(&task.to_string(), x + 3.0, y + thickness / 2.0 + 0.5);
        }
        self.end(&context, figure);
        if let Some(spot) = marked {
            self.mark(&context, figure, spot, thickness);
        }
        self.playhead(&context, figure.height);
        Some(())
    }

    /// All bars as one picture: a canvas takes too long to draw thousands one by one. Returns the tasks that have room
    /// for a number, and where.
    fn bars(
        &self,
        context: &CanvasRenderingContext2d,
        canvas: &HtmlCanvasElement,
        figure: &Figure,
        thickness: f64,
        Scratch { bars: buffer, pixels }: &mut Scratch,
    ) -> Option<Vec<(u32, f64, f64)>> {
        let scale = self.palette.scale;
        let mut labels = Vec::new();
        pixels.clear(canvas.width() as usize, canvas.height() as usize);
        for (index, row) in figure.rows.iter().enumerate() {
            let y = row_y(figure, index);
            let lines = (y * scale).round() as usize..((y + thickness) * scale).round() as usize;
            bars(row, self.window, self.bars_width(), self.clock_us.unwrap_or(f64::INFINITY), buffer);
            for bar in &*buffer {
                let (x0, x1) = (self.left + bar.x0, self.left + bar.x1.max(bar.x0 + 0.6));
                pixels.bar(x0 * scale, x1 * scale, lines.clone(), &self.palette.patterns[bar.state as usize]);
                if thickness >= 9.0 && bar.state == State::Run && x1 - x0 > 14.0 {
                    labels.push((bar.task, x0, y));
                }
            }
        }
        let image = ImageData::new_with_u8_clamped_array(Clamped(pixels.rgba()), canvas.width()).ok()?;
        context.put_image_data(&image, 0.0, 0.0).ok()?;
        Some(labels)
    }

    /// The axis's ticks, behind the bars.
    fn grid(&self, context: &CanvasRenderingContext2d, height: f64) {
        let _ = context.set_global_composite_operation("destination-over");
        context.set_fill_style_str(&self.palette.grid);
        for tick in ticks(self.window, self.bars_width(), TICK_SPACING) {
            context.fill_rect(self.x(tick as f64).round(), 0.0, 1.0, height);
        }
        let _ = context.set_global_composite_operation("source-over");
    }

    fn name(&self, context: &CanvasRenderingContext2d, name: &str, index: usize, y: f64, pitch: f64) {
        // If rows are too low for text, only every few have a name.
        if pitch < 10.0 && !index.is_multiple_of(4) {
            return;
        }
        let short = if self.left < 60.0 { name.rsplit(' ').next().unwrap_or(name) } else { name };
        let _ = context.fill_text_with_max_width(short, 0.0, y + 0.5, self.left - 6.0);
    }

    /// Where the run ended, and beside it how it compares.
    fn end(&self, context: &CanvasRenderingContext2d, figure: &Figure) {
        let run = &figure.run;
        if run.phase != RunPhase::Done || self.clock_us.is_some_and(|clock_us| clock_us < run.wall_us as f64) {
            return;
        }
        let x = self.x(run.wall_us as f64);
        if x < self.left || x > self.width {
            return;
        }
        context.set_fill_style_str(&self.palette.text);
        context.fill_rect(x, 0.0, 1.5, figure.height - 2.0);
        let Some(speedup) = run.speedup else { return };
        context.set_font(&format!("600 13px {}", self.palette.font));
        let label = ratio(speedup);
        let width = context.measure_text(&label).map_or(0.0, |size| size.width());
        if x + 8.0 + width < self.width {
            let _ = context.fill_text(&label, x + 8.0, figure.height.min(40.0) / 2.0);
        }
    }

    fn mark(&self, context: &CanvasRenderingContext2d, figure: &Figure, spot: Spot, thickness: f64) {
        let Some(span) = figure.rows.get(spot.row).and_then(|row| row.spans.get(spot.span)) else { return };
        let x0 = self.x(span.start_us as f64).clamp(self.left, self.width);
        let x1 = self.x(span.end_us as f64).clamp(self.left, self.width);
        context.set_stroke_style_str(&self.palette.accent);
        context.set_line_width(2.0);
        let y = spot.row as f64 * figure.pitch;
        context.stroke_rect(x0 - 1.0, y + 0.5, (x1 - x0).max(2.0) + 2.0, thickness + 1.5);
    }

    fn playhead(&self, context: &CanvasRenderingContext2d, height: f64) {
        if let Some(clock_us) = self.clock_us {
            let x = self.x(clock_us);
            if (self.left..=self.width).contains(&x) {
                context.set_fill_style_str(&self.palette.accent);
                context.fill_rect(x, 0.0, 1.5, height);
            }
        }
    }

    /// Sizes the canvas for the display's pixels, and clears it.
    fn start(&self, canvas: &HtmlCanvasElement, height: f64) -> Option<CanvasRenderingContext2d> {
        let scale = self.palette.scale;
        let (w, h) = ((self.width * scale).round() as u32, (height * scale).round() as u32);
        // Setting the size also clears the canvas, but costs more.
        if (canvas.width(), canvas.height()) != (w, h) {
            canvas.set_width(w);
            canvas.set_height(h);
        }
        let context = context(canvas)?;
        context.set_transform(scale, 0.0, 0.0, scale, 0.0, 0.0).ok()?;
        context.clear_rect(0.0, 0.0, self.width, height);
        Some(context)
    }
}

/// Where a row's bars begin, in pixels from the canvas's top.
fn row_y(figure: &Figure, row: usize) -> f64 {
    row as f64 * figure.pitch + 1.0
}

/// A tick in the unit of the axis, with enough digits to differ from its neighbours.
fn tick_label(tick_us: u64, window: Window) -> String {
    let (unit, size) = if window.end_us >= 2e6 { ("s", 1e6) } else { ("ms", 1e3) };
    format!("{} {unit}", trimmed(&fixed(tick_us as f64 / size, 3)))
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
    Some(format!("Task {} on {}: {state}, from {start}, for {length}", span.task, figure.names[spot.row]))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn colours_are_read_as_the_style_sheet_writes_them() {
        assert_eq!(["#0b5d76", "#ffffff", "teal"].map(rgb), [[11, 93, 118], [255; 3], [0; 3]]);
    }

    #[test]
    fn ticks_are_labelled_in_one_unit() {
        let labels = |window: Window, ticks: [u64; 2]| ticks.map(|tick| tick_label(tick, window));
        assert_eq!(labels(Window::whole(1.6e6), [200_000, 1_600_000]), ["200 ms", "1600 ms"]);
        assert_eq!(labels(Window::whole(4e6), [500_000, 4_000_000]), ["0.5 s", "4 s"]);
        assert_eq!(labels(Window::whole(900.0), [50, 500]), ["0.05 ms", "0.5 ms"]);
    }
}
