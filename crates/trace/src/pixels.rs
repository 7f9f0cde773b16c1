//! Bars as pixels: many thousands of them in a frame, which a canvas takes too long to draw one by one.
//!
//! States differ in colour and, where bars are thick enough for that, in pattern: solid, dots, strokes this way and that. On thinner bars
//! patterns would only flicker.

use crate::State;
use std::ops::Range;

/// A colour: red, green, blue.
pub type Rgb = [u8; 3];

/// The side of a pattern's tile, in pixels of the page.
const TILE: f64 = 6.0;
/// From this thickness on, in pixels of the page, a bar has room for a pattern.
pub const PATTERNED: f64 = 10.0;
/// Half the width of a pattern's strokes, in pixels of the page.
const HALF_STROKE: f64 = 0.65;

/// A state's look on a display: a tile of colours that is repeated.
#[derive(Clone, Debug, PartialEq)]
pub struct Pattern {
    side: usize,
    colours: Vec<Rgb>,
}

impl Pattern {
    /// `state` in `ink` on `ground`, for a display with `scale` pixels to each pixel of the page.
    #[must_use]
    pub fn new(state: State, ink: Rgb, ground: Rgb, scale: f64) -> Pattern {
        let side = (TILE * scale).round().max(1.0) as usize;
        let at = |index: usize| (index as f64 + 0.5) / side as f64 * TILE;
        let colour = |index: usize| {
            let covered = (0.5 - outside(state, at(index % side), at(index / side)) * scale).clamp(0.0, 1.0);
            mixed(ground, ink, covered)
        };
        Pattern { side, colours: (0..side * side).map(colour).collect() }
    }

    /// Nothing but `ink`: for bars thinner than [`PATTERNED`].
    #[must_use]
    pub fn flat(ink: Rgb) -> Pattern {
        Pattern { side: 1, colours: vec![ink] }
    }
}

/// How far a place on a tile is outside of the pattern's strokes; negative inside.
fn outside(state: State, x: f64, y: f64) -> f64 {
    // Both kinds of diagonals go through the tile's corners.
    // The float remainder operator takes a lot of code.
    let within = |at: f64| at - (at / TILE).floor() * TILE;
    let falling = (within(x - y + 1.5 * TILE) - TILE / 2.0).abs() / std::f64::consts::SQRT_2;
    let rising = (within(x + y + 0.5 * TILE) - TILE / 2.0).abs() / std::f64::consts::SQRT_2;
    match state {
        State::Run => f64::NEG_INFINITY,
        State::Sleep => (x - 2.75).abs().max((y - 2.75).abs()) - 0.75,
        State::Ready => rising - HALF_STROKE,
        State::Wait => (x - 1.5).abs() - HALF_STROKE,
        State::Spawn => rising.min(falling) - HALF_STROKE,
        State::Message => (y - 2.5).abs() - HALF_STROKE,
    }
}

/// `part` of `ink` in `ground`, from 0 to 1.
#[must_use]
pub fn mixed(ground: Rgb, ink: Rgb, part: f64) -> Rgb {
    std::array::from_fn(|i| (f64::from(ground[i]) + (f64::from(ink[i]) - f64::from(ground[i])) * part).round() as u8)
}

/// A drawing: four bytes per pixel, as an HTML canvas takes them. Pixels that nothing was drawn on are transparent.
#[derive(Clone, Debug, Default)]
pub struct Pixels {
    width: usize,
    rgba: Vec<u8>,
}

impl Pixels {
    /// An empty drawing of this size. The memory of the one before is used again.
    pub fn clear(&mut self, width: usize, height: usize) {
        self.width = width;
        self.rgba.clear();
        self.rgba.resize(width * height * 4, 0);
    }

    /// Four bytes for each pixel, row by row.
    #[must_use]
    pub fn rgba(&self) -> &[u8] {
        &self.rgba
    }

    /// Fills `pattern` from `x0` to `x1` in the rows of pixels `rows`. A column that is covered in part is drawn in part, so that two bars
    /// may meet within it.
    pub fn bar(&mut self, x0: f64, x1: f64, rows: Range<usize>, pattern: &Pattern) {
        let height = self.height();
        let (x0, x1) = (x0.clamp(0.0, self.width as f64), x1.clamp(0.0, self.width as f64));
        let columns = x0 as usize..x1.ceil() as usize;
        for y in rows.start..rows.end.min(height) {
            let line = &mut self.rgba[y * self.width * 4..][..self.width * 4];
            let tile = &pattern.colours[y % pattern.side * pattern.side..][..pattern.side];
            for x in columns.clone() {
                let covered = x1.min(x as f64 + 1.0) - x0.max(x as f64);
                cover(&mut line[x * 4..][..4], tile[x % pattern.side], covered);
            }
        }
    }

    /// Draws what part of many rows is in each state, as [`density`](crate::layout::density) tells it, from the column `x0` on in the rows
    /// of pixels `rows`: in each column the states in [`STACKED`] order, from below; what is left stays as it is. `looks` are those of
    /// [`State::ALL`], flat: a column has no room for a pattern.
    pub fn density(
        &mut self,
        columns: &[[f32; State::ALL.len()]],
        x0: usize,
        rows: Range<usize>,
        looks: &[&Pattern; State::ALL.len()],
    ) {
        let rows = rows.start..rows.end.min(self.height());
        for (column, x) in columns.iter().zip(x0..self.width) {
            let mut low = rows.end as f64;
            for state in STACKED {
                let colour = looks[state as usize].colours[0];
                let high = (low - f64::from(column[state as usize]) * rows.len() as f64).max(rows.start as f64);
                for y in high as usize..low.ceil() as usize {
                    let covered = low.min(y as f64 + 1.0) - high.max(y as f64);
                    let pixel = &mut self.rgba[(y * self.width + x) * 4..][..4];
                    cover(pixel, colour, covered);
                }
                low = high;
            }
        }
    }

    fn height(&self) -> usize {
        self.rgba.len() / 4 / self.width.max(1)
    }
}

/// The states of a density from below: what makes progress, then what is passed on, then what waits, and at the top what sleeps.
pub const STACKED: [State; State::ALL.len()] =
    [State::Run, State::Message, State::Ready, State::Wait, State::Spawn, State::Sleep];

/// Covers a part of a pixel, beside what covers another part of it.
fn cover(pixel: &mut [u8], colour: Rgb, covered: f64) {
    if covered >= 1.0 {
        pixel[..3].copy_from_slice(&colour);
        pixel[3] = u8::MAX;
    } else if covered > 0.0 {
        let before = f64::from(pixel[3]) / 255.0;
        let share = if before > 0.0 { covered / (before + covered) } else { 1.0 };
        let under = [pixel[0], pixel[1], pixel[2]];
        pixel[..3].copy_from_slice(&mixed(under, colour, share));
        pixel[3] = ((before + covered).min(1.0) * 255.0).round() as u8;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const INK: Rgb = [10, 20, 30];
    const GROUND: Rgb = [200, 210, 220];

    /// A tile as text: `#` is ink, `.` is ground.
    fn tile(state: State, scale: f64) -> String {
        let pattern = Pattern::new(state, INK, GROUND, scale);
        let letter = |colour: &Rgb| if colour[0] < 105 { '#' } else { '.' };
        let line = |line: &[Rgb]| line.iter().map(letter).collect::<String>();
        pattern.colours.chunks(pattern.side).map(line).collect::<Vec<_>>().join("\n")
    }

    #[test]
    fn states_differ_in_pattern() {
        assert_eq!(tile(State::Run, 1.0), ["######"; 6].join("\n"));
        assert_eq!(tile(State::Wait, 1.0), [".#...."; 6].join("\n"));
        assert_eq!(tile(State::Message, 1.0), "......\n......\n######\n......\n......\n......");
        assert_eq!(tile(State::Ready, 1.0), ".....#\n....#.\n...#..\n..#...\n.#....\n#.....");
        assert_eq!(tile(State::Spawn, 1.0), "#....#\n.#..#.\n..##..\n..##..\n.#..#.\n#....#");
        assert_eq!(tile(State::Sleep, 2.0).matches('#').count(), 9);
    }

    #[test]
    fn bars_that_meet_within_a_column_share_it() {
        let mut pixels = Pixels::default();
        pixels.clear(4, 1);
        let [left, right] = [[255, 0, 0], [0, 0, 255]].map(|ink| Pattern::new(State::Run, ink, ink, 1.0));
        pixels.bar(0.0, 1.25, 0..1, &left);
        pixels.bar(1.25, 2.5, 0..9, &right);
        assert_eq!(pixels.rgba()[..8], [255, 0, 0, 255, 64, 0, 191, 255]);
        assert_eq!(pixels.rgba()[8..], [0, 0, 255, 128, 0, 0, 0, 0]);
    }

    /// A flat look for each state, whose first colour is its place in [`State::ALL`].
    fn looks() -> [Pattern; 6] {
        std::array::from_fn(|place| Pattern::flat([place as u8, 0, 0]))
    }

    /// What is drawn, as text: a state for each pixel that one fills, `?` where several meet or one fills a part.
    fn seen(pixels: &Pixels) -> Vec<String> {
        let letter = |pixel: &[u8]| match (pixel[0], pixel[3]) {
            (_, 0) => ' ',
            (state, u8::MAX) if pixel[1] == 0 => "#./w+m".as_bytes()[usize::from(state)].into(),
            _ => '?',
        };
        pixels.rgba().chunks(4 * pixels.width).map(|line| line.chunks(4).map(letter).collect()).collect()
    }

    #[test]
    fn a_density_is_stacked_from_below() {
        let mut pixels = Pixels::default();
        pixels.clear(6, 6);
        let columns = [
            [0.25, 0.5, 0.0, 0.0, 0.25, 0.0],
            [0.0, 0.25, 0.25, 0.25, 0.0, 0.25],
            [1.0, 0.0, 0.0, 0.0, 0.0, 0.0],
            [0.125, 0.0, 0.0, 0.0, 0.0, 0.0],
            // It would begin outside of the drawing.
            [1.0; 6],
        ];
        pixels.density(&columns, 2, 1..5, &looks().each_ref());
        assert_eq!(seen(&pixels), ["      ", "  ..# ", "  .w# ", "  +/# ", "  #m#?", "      "]);
        assert_eq!(pixels.rgba()[(4 * 6 + 5) * 4..][..4], [0, 0, 0, 128]);
    }

    #[test]
    fn states_that_meet_within_a_pixel_share_it() {
        let mut pixels = Pixels::default();
        pixels.clear(1, 1);
        let looks = [[255, 0, 0], [0, 0, 255]].map(Pattern::flat);
        let looks = std::array::from_fn(|place| looks[place.min(1)].clone());
        pixels.density(&[[0.25, 0.5, 0.0, 0.0, 0.0, 0.0]], 0, 0..1, &looks.each_ref());
        assert_eq!(pixels.rgba(), [85, 0, 170, 192]);
    }

    proptest! {
        #[test]
        fn a_density_stays_within_its_rows(
            parts in prop::collection::vec(prop::array::uniform6(0.0_f32..1.0), 0..30), x0 in 0_usize..12, top in 0_usize..12, rows in 0_usize..12,
        ) {
            let mut pixels = Pixels::default();
            pixels.clear(20, 8);
            pixels.density(&parts, x0, top..top + rows, &looks().each_ref());
            for (index, pixel) in pixels.rgba().chunks(4).enumerate() {
                let (x, y) = (index % 20, index / 20);
                let inside = (top..top + rows).contains(&y) && (x0..x0 + parts.len()).contains(&x);
                prop_assert!(inside || pixel == [0; 4], "{x} {y}");
            }
        }

        #[test]
        fn nothing_is_drawn_outside(x0 in -9.0..30.0, len in 0.0..30.0, top in 0_usize..12, rows in 0_usize..12, scale in 0.5..3.0) {
            let mut pixels = Pixels::default();
            pixels.clear(20, 8);
            let pattern = Pattern::new(State::Spawn, INK, GROUND, scale);
            pixels.bar(x0, x0 + len, top..top + rows, &pattern);
            for (index, pixel) in pixels.rgba().chunks(4).enumerate() {
                let (x, y) = ((index % 20) as f64, index / 20);
                let inside = (top..top + rows).contains(&y) && x + 1.0 > x0 && x < x0 + len;
                prop_assert!(inside || pixel == [0; 4], "{x} {y}");
            }
        }
    }
}
