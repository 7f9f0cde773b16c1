//! Pointer, wheel and keys on a timeline.

use super::Timelines;
use interleave_trace::format::plain;
use interleave_trace::layout::Window;
use web_sys::HtmlElement;
use yew::prelude::*;

impl Timelines {
    /// A wheel turned: with ctrl it zooms, sideways it pans.
    pub(super) fn wheel(&mut self, index: usize, event: &WheelEvent) {
        // A bare wheel scrolls the page; a pinch on a touch pad is a wheel with ctrl.
        if event.ctrl_key() {
            event.prevent_default();
            let at = self.window.time(f64::from(event.offset_x()) - self.left_of(index), self.width);
            self.window = self.window.zoomed(at, (event.delta_y() * 0.01).exp(), self.whole_us);
        } else if event.delta_x() != 0.0 || event.shift_key() {
            event.prevent_default();
            let by = if event.shift_key() { event.delta_y() } else { event.delta_x() };
            self.window = self.window.panned(by / self.width.max(1.0) * self.window.len_us(), self.whole_us);
        }
    }

    /// Marks the span under the pointer and puts the tooltip beside it; returns whether that changed.
    pub(super) fn hover(&mut self, index: usize, event: &PointerEvent) -> bool {
        let (x, y) = (f64::from(event.offset_x()), f64::from(event.offset_y()));
        let (window, width) = (self.window, self.width);
        let spot = self.figures.get(index).and_then(|figure| figure.at(x, y, window, width));
        if let (Some(tooltip), Some(canvas)) =
            (self.tooltip.cast::<HtmlElement>(), self.canvases.get(index).and_then(NodeRef::cast::<HtmlElement>))
        {
            let (of_canvas, of_tooltip) = (f64::from(canvas.offset_left()), f64::from(tooltip.offset_width()));
            let room = of_canvas + f64::from(canvas.offset_width()) - of_tooltip;
            let _ = tooltip.style().set_property("left", &(plain((of_canvas + x + 12.0).min(room).max(0.0)) + "px"));
            let _ = tooltip.style().set_property("top", &(plain(f64::from(canvas.offset_top()) + y + 16.0) + "px"));
        }
        let hovered = spot.map(|spot| (index, spot));
        let changed = self.hovered != hovered;
        if changed {
            self.hovered = hovered;
            self.ask_for_frame();
        }
        changed
    }

    /// A key was pressed: arrows go from span to span, plus, minus and 0 zoom.
    pub(super) fn key(&mut self, index: usize, event: &KeyboardEvent) {
        if event.ctrl_key() || event.meta_key() || event.alt_key() {
            return;
        }
        let key = event.key();
        let middle = (self.window.start_us + self.window.end_us) / 2.0;
        match key.as_str() {
            "+" | "=" => self.window = self.window.zoomed(middle, 0.5, self.whole_us),
            "-" => self.window = self.window.zoomed(middle, 2.0, self.whole_us),
            "0" => self.window = Window::whole(self.whole_us),
            "Escape" => {
                // Otherwise Escape would stop the run.
                if self.focused.take().is_none() {
                    return;
                }
                event.stop_propagation();
            }
            "ArrowLeft" | "ArrowRight" | "ArrowUp" | "ArrowDown" | "Home" | "End" => {
                let from = self.focused.filter(|(focused, _)| *focused == index).map(|(_, spot)| spot);
                let Some(figure) = self.figures.get(index) else { return };
                if let Some(spot) = figure.step(from, &key) {
                    self.focused = Some((index, spot));
                    self.hovered = None;
                    let span = figure.rows[spot.row].spans[spot.span];
                    self.show(span.start_us as f64, span.end_us as f64);
                }
            }
            _ => return,
        }
        event.prevent_default();
    }

    /// Pans until a span is visible.
    fn show(&mut self, start_us: f64, end_us: f64) {
        if end_us > self.window.end_us || start_us < self.window.start_us {
            let middle = (start_us + end_us) / 2.0;
            let by = middle - (self.window.start_us + self.window.end_us) / 2.0;
            self.window = self.window.panned(by, self.whole_us);
        }
    }
}
