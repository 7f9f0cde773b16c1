//! Where samples come from. Each function gives those of one turn.

pub mod drawing;
pub mod labs;
pub mod lighthouse;
pub mod load;
pub mod memory;
pub mod modes;
pub mod probe;
pub mod python;
pub mod runs;
pub mod stepping;
pub mod stop;
pub mod visit;

/// Defines `press()` for a script in the page: it presses Run as soon as that can be done.
const PRESS_RUN: &str = "const press = () => { const run = document.querySelector('#run'); \
    run && !run.disabled ? run.click() : setTimeout(press, 20); };";
