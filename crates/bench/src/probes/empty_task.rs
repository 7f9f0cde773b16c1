//! What a task costs that does nothing.

use crate::{Scale, Series, timed_us};
use interleave_threads::pool::Pool;
use interleave_threads::{Error, cores, unblock};

const TASKS: usize = 100_000;

/// Microseconds for each of many empty tasks in the pool, from handing over the first to the end of the last.
pub async fn run(scale: Scale) -> Result<Vec<Series>, Error> {
    let pool = Pool::start(cores()).await?;
    let samples = unblock(move || {
        let batch = || {
            timed_us(|| {
                pool.scope(|scope| {
                    for _ in 0..TASKS {
                        scope.spawn(|_| {});
                    }
                });
            })
        };
        batch();
        (0..scale.of(20)).map(|_| batch() / TASKS as f64).collect()
    });
    Ok(vec![Series::new("pool", samples.await?)])
}
