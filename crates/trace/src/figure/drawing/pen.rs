//! The pen: writes elements, and knows which places are taken.

use super::{Drawing, Spot, words};
use crate::export::escaped;
use crate::format::{fixed, trimmed};

/// From a line of words to the next.
pub(super) const LINE: f64 = 16.0;
/// How far text reaches above its baseline, and below it.
const ASCENT: f64 = 10.0;
const DESCENT: f64 = 3.0;

/// Which part of a text is at its x.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Anchor {
    Start,
    Middle,
    End,
}

/// A rectangle in the drawing: left, top, right, bottom.
pub(super) type Place = [f64; 4];

pub(super) struct Pen {
    /// How wide the drawing is.
    pub(super) width: f64,
    /// How far down there is room for text.
    pub(super) bottom: f64,
    markup: String,
    taken: Vec<Place>,
    lines: Vec<Place>,
    spots: Vec<Spot>,
}

impl Pen {
    pub(super) fn new(width: f64) -> Pen {
        Pen {
            width,
            bottom: f64::INFINITY,
            markup: String::new(),
            taken: Vec::new(),
            lines: Vec::new(),
            spots: Vec::new(),
        }
    }

    pub(super) fn finish(self, height: f64) -> Drawing {
        Drawing { width: self.width, height: height.ceil(), markup: self.markup, spots: self.spots }
    }

    pub(super) fn path(&mut self, class: &str, way: &str) {
        fill(&mut self.markup, "<path class=\"$\" d=\"$\"/>\n", &[class, way], &[]);
    }

    pub(super) fn line(&mut self, class: &str, ends: Place) {
        self.path(class, &way("M* *L* *", &ends));
    }

    pub(super) fn rect(&mut self, class: &str, [x0, y0, x1, y1]: Place, round: f64) {
        let form = "<rect class=\"$\" x=\"*\" y=\"*\" width=\"*\" height=\"*\" rx=\"*\"/>\n";
        fill(&mut self.markup, form, &[class], &[x0, y0, (x1 - x0).max(0.0), (y1 - y0).max(0.0), round]);
    }

    /// A rectangle of which the ground behind it is seen, with so many per cent of its own colour.
    pub(super) fn shade(&mut self, class: &str, strength: f64, [x0, y0, x1, y1]: Place) {
        let form = "<rect class=\"$\" fill-opacity=\"*%\" x=\"*\" y=\"*\" width=\"*\" height=\"*\"/>\n";
        fill(&mut self.markup, form, &[class], &[strength, x0, y0, (x1 - x0).max(0.0), (y1 - y0).max(0.0)]);
    }

    pub(super) fn dot(&mut self, class: &str, x: f64, y: f64) {
        fill(&mut self.markup, "<circle class=\"$\" cx=\"*\" cy=\"*\" r=\"3\"/>\n", &[class], &[x, y]);
    }

    /// Draws text, even over other text.
    pub(super) fn text(&mut self, class: &str, anchor: Anchor, x: f64, y: f64, text: &str) {
        self.taken.push(place(anchor, x, y, text));
        let anchor = match anchor {
            Anchor::Start => "",
            Anchor::Middle => " text-anchor=\"middle\"",
            Anchor::End => " text-anchor=\"end\"",
        };
        let form = "<text class=\"$\" x=\"*\" y=\"*\"$>$</text>\n";
        fill(&mut self.markup, form, &[class, anchor, &escaped(text)], &[x, y]);
    }

    /// Draws text at the first of the places that is within the drawing and free, preferably of lines as well; returns
    /// whether there was one.
    pub(super) fn text_where_free(&mut self, class: &str, text: &str, places: &[(Anchor, f64, f64)]) -> bool {
        let free = |&(anchor, x, y): &(Anchor, f64, f64), taken: &[Place]| {
            let at = place(anchor, x, y, text);
            at[0] >= 0.0
                && at[1] >= 0.0
                && at[2] <= self.width
                && at[3] <= self.bottom
                && !taken.iter().any(|taken| meet(*taken, at))
        };
        let mut found = places.iter().filter(|place| free(place, &self.taken));
        let first = found.clone().next();
        let best = found.find(|place| free(place, &self.lines)).or(first).copied();
        if let Some((anchor, x, y)) = best {
            self.text(class, anchor, x, y, text);
        }
        best.is_some()
    }

    /// Keeps text away from a line, if there is other room.
    pub(super) fn avoid(&mut self, way: &[(f64, f64)]) {
        for pair in way.windows(2) {
            let ((x0, y0), (x1, y1)) = (pair[0], pair[1]);
            let steps = (length(x1 - x0, y1 - y0) / 6.0).clamp(1.0, 200.0) as u32;
            for step in 0..=steps {
                let part = f64::from(step) / f64::from(steps);
                let (x, y) = (x0 + (x1 - x0) * part, y0 + (y1 - y0) * part);
                self.lines.push([x - 2.0, y - 2.0, x + 2.0, y + 2.0]);
            }
        }
    }

    /// Keeps text away from a rectangle.
    pub(super) fn take(&mut self, place: Place) {
        self.taken.push(place);
    }

    /// Adds a spot with a tooltip.
    pub(super) fn spot(&mut self, [x0, y0, x1, y1]: Place, text: String) {
        self.spots.push(Spot { x: x0, y: y0, width: x1 - x0, height: y1 - y0, text });
    }
}

/// A path's `d`: `form`, with a number for each `*`.
pub(super) fn way(form: &str, numbers: &[f64]) -> String {
    let mut way = String::new();
    fill(&mut way, form, &[], numbers);
    way
}

/// Appends `form` with a text for each `$` and a number for each `*`.
pub(in crate::figure) fn fill(out: &mut String, form: &str, texts: &[&str], numbers: &[f64]) {
    let (mut texts, mut numbers) = (texts.iter(), numbers.iter());
    for letter in form.chars() {
        match letter {
            '$' => *out += texts.next().copied().unwrap_or_default(),
            // A tenth of a pixel is enough.
            '*' => *out += trimmed(&fixed(numbers.next().copied().unwrap_or_default(), 1)),
            other => out.push(other),
        }
    }
}

fn place(anchor: Anchor, x: f64, y: f64, text: &str) -> Place {
    let width = words::width(text);
    let left = match anchor {
        Anchor::Start => x,
        Anchor::Middle => x - width / 2.0,
        Anchor::End => x - width,
    };
    [left, y - ASCENT, left + width, y + DESCENT]
}

/// How long an arrow is.
pub(super) fn length(x: f64, y: f64) -> f64 {
    (x * x + y * y).sqrt()
}

pub(super) fn meet(a: Place, b: Place) -> bool {
    a[0] < b[2] && b[0] < a[2] && a[1] < b[3] && b[1] < a[3]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_to_a_tenth_of_a_pixel() {
        assert_eq!(way("M* *L* *V*", &[0.0, -0.04, 12.06, -3.25, 100.0]), "M0 0L12.1 -3.2V100");
    }

    #[test]
    fn what_stands_in_a_text_is_no_form() {
        let mut out = String::new();
        fill(&mut out, "<$ x=\"*\">$<", &["a*", "$*"], &[99.96]);
        assert_eq!(out, "<a* x=\"100\">$*<");
    }
}
