//! When and where rows and their axis are drawn.

use super::figure::Drawn;
use super::paint::{AXIS_HEIGHT, Lit, Palette, Scene};
use super::{RunView, Timelines, TimelinesProps};
use crate::state::Line;
use interleave_trace::format::plain;
use wasm_bindgen::prelude::*;
use web_sys::{HtmlCanvasElement, HtmlElement};
use yew::prelude::*;

impl Timelines {
    /// What is lit up of a run: by a sentence, or by the line of the program that the reader looks at, if any run was there.
    pub(super) fn lit<'a>(&self, props: &'a TimelinesProps, run: &RunView) -> Lit<'a> {
        if let Some(light) = props.lit.iter().find(|light| light.run == run.slug) {
            return Lit::States(&light.states);
        }
        match props.line {
            _ if !props.lit.is_empty() => Lit::Nothing,
            Some(Line::Text(line)) if run.has_line(line) => Lit::Line(line),
            Some(Line::Text(line)) if self.figures.iter().any(|other| other.run.has_line(line)) => Lit::Nothing,
            _ => Lit::All,
        }
    }

    /// Where the bars of a figure begin, in pixels from its canvas's left.
    pub(super) fn left_of(&self, index: usize) -> f64 {
        self.figures.get(index).map_or(0.0, |figure| figure.left)
    }

    /// Measures the widths, and sets the canvases' heights. Through the DOM, because a strict content security policy
    /// refuses style attributes.
    pub(super) fn measure(&mut self) {
        let sized = |canvas: &NodeRef, height: f64| {
            let canvas = canvas.cast::<HtmlElement>()?;
            let _ = canvas.style().set_property("height", &(plain(height) + "px"));
            Some(f64::from(canvas.client_width()))
        };
        self.width = sized(&self.axis, AXIS_HEIGHT).unwrap_or(0.0);
        for (figure, canvas) in self.figures.iter_mut().zip(&self.canvases) {
            figure.left = sized(canvas, figure.height).map_or(0.0, |width| (width - self.width).max(0.0));
        }
    }

    pub(super) fn ask_for_frame(&mut self) {
        if !std::mem::replace(&mut self.frame_asked, true)
            && let Some(window) = web_sys::window()
        {
            let _ = window.request_animation_frame(self.on_frame.as_ref().unchecked_ref());
        }
    }

    pub(super) fn draw(&mut self, props: &TimelinesProps) {
        if self.width < 1.0 {
            return;
        }
        if self.palette.is_none() {
            self.palette = Palette::read();
            self.palettes += 1;
        }
        let Some(palette) = &self.palette else { return };
        let clock_us = self.replay.clock_us();
        let scene = Scene { palette, window: self.window, width: self.width, clock_us };
        let (window, width, palette, lit) = (self.window, self.width, self.palettes, self.lightings);
        let axis = Drawn { window, left: 0.0, width, clock_us, marked: None, palette, lit };
        if self.drawn_axis.replace(axis) != Some(axis)
            && let Some(canvas) = self.axis.cast::<HtmlCanvasElement>()
        {
            scene.axis(&canvas);
        }
        let lights: Vec<Lit> = self.figures.iter().map(|figure| self.lit(props, &figure.run)).collect();
        for (index, (figure, canvas)) in self.figures.iter_mut().zip(&self.canvases).enumerate() {
            let marked = self.hovered.or(self.focused).filter(|(marked, _)| *marked == index).map(|(_, spot)| spot);
            let now = Drawn { marked, left: figure.left, ..axis };
            if figure.drawn.replace(now) != Some(now)
                && let Some(canvas) = canvas.cast::<HtmlCanvasElement>()
            {
                scene.figure(&canvas, figure, marked, lights[index], &mut self.scratch);
            }
            if figure.run.is_live()
                && let Some(cover) = self.cover.cast::<HtmlElement>()
            {
                // The compositor moves it, in the time until more is known: so bars grow steadily, and nothing is drawn for that.
                let left = 1.0 - window.x(figure.run.wall_us as f64, 1.0).clamp(0.0, 1.0);
                let _ = cover.style().set_property("transform", &format!("scaleX({})", plain(left)));
                let _ = cover.style().set_property("height", &(plain(figure.height) + "px"));
            }
        }
    }
}
