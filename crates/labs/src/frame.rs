//! What a figure has whatever is drawn in it: a name, a heading, a caption, and room before it is there.

use crate::sheet::Blank;
use interleave_trace::Figure;
use interleave_trace::figure::Body;

/// A figure without what is drawn.
pub(crate) struct Frame {
    /// Its name for programs and file names.
    pub(crate) id: &'static str,
    /// Its heading.
    pub(crate) title: &'static str,
    /// How to read it; may be empty.
    pub(crate) caption: &'static str,
    /// About how high it will be, in pixels: on a wide page, and on a phone.
    pub(crate) height: [u32; 2],
}

impl Frame {
    /// The room that the page keeps for it.
    pub(crate) fn blank(&self) -> Blank {
        Blank::Room { title: self.title.to_owned(), caption: self.caption.to_owned(), height: self.height }
    }

    /// The same beside the code, where the reader writes code.
    pub(crate) fn beside(&self) -> Blank {
        Blank::Beside { title: self.title.to_owned(), caption: self.caption.to_owned(), height: self.height }
    }

    /// The figure.
    pub(crate) fn figure(&self, body: impl Into<Body>) -> Figure {
        Figure {
            id: self.id.to_owned(),
            title: self.title.to_owned(),
            caption: self.caption.to_owned(),
            body: body.into(),
        }
    }
}
