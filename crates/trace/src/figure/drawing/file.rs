//! A standalone drawing.

use super::pen::{Anchor, LINE, Pen};
use super::words;
use crate::export::{escaped, svg};
use crate::figure::{Body, Figure};

const MARGIN: f64 = 16.0;

/// The light colours of the page.
const STYLE: &str = "text{font:12px system-ui,'DejaVu Sans',sans-serif;fill:#1b2328}.title{font-weight:600;font-size:15px}.quiet{fill:#56626a}.error{fill:#a3261b}\
.number{font-variant-numeric:tabular-nums}.halo{paint-order:stroke;stroke:#fff;stroke-width:3px}\
.grid,.axis,.rule,.line,.whisker,.edge{fill:none;stroke:#e6e9e8}.axis{stroke:#56626a}.rule{stroke:#56626a;stroke-dasharray:3 3}\
.series-0{fill:#0e5a78;stroke:#0e5a78}.series-1{fill:#d55e00;stroke:#d55e00}.series-2{fill:#5c3c91;stroke:#5c3c91}\
.series-3{fill:#00805d;stroke:#00805d}.series-4{fill:#a8437f;stroke:#a8437f}.series-5{fill:#7a6a00;stroke:#7a6a00}\
.line{fill:none;stroke-width:2}.line.series-1{stroke-dasharray:7 3}.line.series-2{stroke-dasharray:2 3}.line.series-3{stroke-dasharray:9 3 2 3}\
.line.series-4{stroke-dasharray:12 4}.line.series-5{stroke-dasharray:4 2}.band{stroke:none;fill-opacity:.16}.dot{stroke-width:1.5}\
.dot.series-1,.dot.series-3,.dot.series-5{fill:#fff}.bar{stroke:none}.outlier{fill:none}.over{stroke:#1b2328}.track{fill:#f3f4f0}\
.missing{fill:#fff;stroke:#0e5a78;stroke-dasharray:4 3}.node{fill:#fff;stroke:#56626a}.node.lock{stroke-width:2}.node.data{fill:#f3f4f0}\
.group{fill:#f3f4f0;stroke:#c9cfd1}.edge{stroke:#1b2328;stroke-width:1.5}.edge.waits{stroke-dasharray:5 3}.head{fill:#1b2328}\
.edge.cycle{stroke:#a3261b;stroke-width:2.5}.head.cycle{fill:#a3261b}";

impl Figure {
    /// The figure as an SVG file `width` pixels wide (a timeline is at least as wide as its legend): with its title and caption, in
    /// light colours on white, and with a description for readers who cannot see it.
    #[must_use]
    pub fn svg(&self, width: f64) -> String {
        let Some(drawing) = self.drawing(width - 2.0 * MARGIN) else {
            let Body::Timeline(timeline) = &self.body else { return String::new() };
            return svg(&timeline.exported(), width);
        };
        let mut words = Pen::new(drawing.width);
        let mut y = 0.0;
        // A title's letters are a quarter larger.
        for line in words::wrapped(&self.title, drawing.width / 1.35) {
            y += 20.0;
            words.text("title", Anchor::Start, 0.0, y - 4.0, &line);
        }
        y += 8.0;
        let top = y;
        y += drawing.height + 8.0;
        if !self.caption.is_empty() {
            for line in words::wrapped(&self.caption, drawing.width) {
                y += LINE;
                words.text("quiet", Anchor::Start, 0.0, y - 4.0, &line);
            }
        }
        let (width, height) = (drawing.width + 2.0 * MARGIN, y + 2.0 * MARGIN);
        let told: Vec<&str> = drawing.spots.iter().map(|spot| &*spot.text).collect();
        format!(
            "<svg xmlns=\"http://www.w3.org/2000/svg\" role=\"img\" aria-labelledby=\"title what\" width=\"{width:.0}\" height=\"{height:.0}\" \
             viewBox=\"0 0 {width:.0} {height:.0}\">\n<title id=\"title\">{}</title>\n<desc id=\"what\">{}</desc>\n<style>{STYLE}</style>\n\
             <rect width=\"100%\" height=\"100%\" fill=\"#ffffff\"/>\n<g transform=\"translate({MARGIN} {MARGIN})\">\n{}\
             <g transform=\"translate(0 {top:.0})\">\n{}</g>\n</g></svg>\n",
            escaped(&self.title),
            escaped(&told.join("; ")),
            words.finish(height).markup,
            drawing.markup
        )
    }
}
