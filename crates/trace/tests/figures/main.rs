//! What is drawn and written of figures.
#![allow(missing_docs)]

mod drawing;
mod rendered;
mod samples;
mod text;
