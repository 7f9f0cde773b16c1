//! A bare page of wasm-bindgen-rayon: a picture of the Mandelbrot set, computed by the pool.

use rayon::prelude::*;
#[cfg(target_arch = "wasm32")]
use wasm_bindgen::prelude::wasm_bindgen;
#[cfg(target_arch = "wasm32")]
pub use wasm_bindgen_rayon::init_thread_pool;

/// How soon each of `width` × `height` points escapes: one byte for each.
#[cfg_attr(target_arch = "wasm32", wasm_bindgen)]
#[must_use]
pub fn mandelbrot(width: u32, height: u32) -> Vec<u8> {
    let scaled = |at: u32, size: u32| f64::from(at) / f64::from(size) * 3.0;
    (0..height)
        .into_par_iter()
        .flat_map_iter(|y| (0..width).map(move |x| escape(scaled(x, width) - 2.0, scaled(y, height) - 1.5)))
        .collect()
}

fn escape(re: f64, im: f64) -> u8 {
    let (mut x, mut y) = (0.0_f64, 0.0_f64);
    for step in 0..u8::MAX {
        if x * x + y * y > 4.0 {
            return step;
        }
        (x, y) = (x * x - y * y + re, 2.0 * x * y + im);
    }
    u8::MAX
}

#[cfg(test)]
mod tests {
    #[test]
    fn the_middle_never_escapes_and_the_corner_does() {
        let picture = super::mandelbrot(9, 9);
        assert_eq!(picture.len(), 81);
        assert_eq!((picture[4 * 9 + 5], picture[0]), (255, 1));
    }
}
