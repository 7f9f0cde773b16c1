//! Dragging pans, pinching zooms.

use interleave_trace::layout::Window;
use wasm_bindgen::JsCast;
use web_sys::{Element, PointerEvent};

/// The pointers that are down: their ids, and where each was last, in pixels from the left of the page.
#[derive(Debug, Default)]
pub(super) struct Gestures {
    down: Vec<(i32, f64)>,
    /// How far they have moved since one was pressed, in pixels.
    moved: f64,
}

impl Gestures {
    pub(super) fn press(&mut self, event: &PointerEvent) {
        self.down.retain(|(id, _)| *id != event.pointer_id());
        self.down.push((event.pointer_id(), f64::from(event.client_x())));
        self.moved = 0.0;
        if let Some(target) = event.target().and_then(|target| target.dyn_into::<Element>().ok()) {
            // Without it, a drag ends at the canvas's edge.
            let _ = target.set_pointer_capture(event.pointer_id());
        }
    }

    /// Whether what was pressed last has been dragged: then it is no press of a button.
    pub(super) fn dragged(&self) -> bool {
        self.moved > 4.0
    }

    pub(super) fn release(&mut self, event: &PointerEvent) {
        // A captured pointer may leave the canvas while it is down.
        if event.type_() != "pointerleave" {
            self.down.retain(|(id, _)| *id != event.pointer_id());
        }
    }

    /// The window after a pointer has moved; `None` if it is not down. Bars start `left` pixels from the canvas's edge.
    pub(super) fn moved(
        &mut self,
        event: &PointerEvent,
        window: Window,
        whole_us: f64,
        width: f64,
        left: f64,
    ) -> Option<Window> {
        let at = self.down.iter().position(|(id, _)| *id == event.pointer_id())?;
        let x = f64::from(event.client_x());
        let before = std::mem::replace(&mut self.down[at].1, x);
        self.moved += (x - before).abs();
        let other = self.down.iter().map(|(_, x)| *x).enumerate().find(|(index, _)| *index != at).map(|(_, x)| x);
        let Some(other) = other else {
            return Some(window.panned((before - x) / width * window.len_us(), whole_us));
        };
        let (apart_before, apart) = ((before - other).abs().max(8.0), (x - other).abs().max(8.0));
        let canvas_x = f64::from(event.offset_x()) - x;
        let middle = window.time((x + other) / 2.0 + canvas_x - left, width);
        Some(window.zoomed(middle, apart_before / apart, whole_us))
    }
}
