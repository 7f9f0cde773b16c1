//! What is drawn and written of figures.
#![allow(missing_docs)]

mod drawing;
mod samples;
mod text;
