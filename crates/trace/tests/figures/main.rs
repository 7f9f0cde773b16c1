//! What is drawn and written of figures.
#![allow(missing_docs)]

mod samples;
mod text;
