//! How long a thread takes from being asked for to its first instruction.

use crate::{Scale, Series};
use interleave_threads::{Error, now_us, prestart, spawn, unblock};

/// Milliseconds: a new thread, and one that stands by.
pub async fn run(scale: Scale) -> Result<Vec<Series>, Error> {
    let (mut cold, mut warm) = (Vec::new(), Vec::new());
    for repeat in 0..=scale.of(20) {
        // One for the body that blocks here, one for the thread that it starts.
        prestart(2).await?;
        let (new, standing_by) = unblock(|| Ok::<_, Error>((start_ms(true)?, start_ms(false)?))).await??;
        // The first finds nothing in any cache.
        if repeat > 0 {
            cold.push(new);
            warm.push(standing_by);
        }
    }
    Ok(vec![Series::new("thread, cold", cold), Series::new("thread, warm", warm)])
}

fn start_ms(fresh: bool) -> Result<f64, Error> {
    let asked_us = now_us();
    let began_us = spawn(fresh, now_us)?.join()?;
    Ok(began_us.saturating_sub(asked_us) as f64 / 1000.0)
}
