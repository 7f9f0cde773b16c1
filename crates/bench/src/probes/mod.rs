//! One module for each probe.

pub mod empty_task;
pub mod hand_over;
pub mod kernel;
pub mod machine;
pub mod recording;
pub mod round_trip;
pub mod sleep;
pub mod thread_start;
