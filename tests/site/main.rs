//! The built site in real browsers. `cargo xtask test` runs these; they need its environment.

mod bad_input;
mod closing;
mod course;
mod editor;
mod element;
mod embedding;
mod everyone;
mod glance;
mod hosting;
mod isolation;
mod labs;
mod loading;
mod looks;
mod measured;
mod modes;
mod processes;
mod programs;
mod readme;
mod seam;
mod sharing;
mod stop;
mod trouble;
mod updates;
mod using;
