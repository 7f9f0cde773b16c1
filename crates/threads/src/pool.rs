//! A pool of workers: rayon's, on native threads or on Web Workers.

use crate::Error;
pub use rayon::Scope;

/// A pool of worker threads.
#[derive(Debug)]
pub struct Pool {
    size: u32,
    #[cfg(not(target_arch = "wasm32"))]
    pool: rayon::ThreadPool,
}

impl Pool {
    /// Starts `size` workers and waits until all of them stand by.
    ///
    /// In a browser the pool lives as long as the engine, so that a second one of another size needs another engine.
    ///
    /// # Errors
    /// [`Error::Start`] if the platform refuses.
    #[cfg(not(target_arch = "wasm32"))]
    pub async fn start(size: u32) -> Result<Pool, Error> {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(size as usize).build();
        pool.map(|pool| Pool { size, pool }).map_err(|error| Error::Start(error.to_string()))
    }

    /// Starts `size` workers and waits until all of them stand by.
    ///
    /// In a browser the pool lives as long as the engine, so that a second one of another size needs another engine.
    ///
    /// # Errors
    /// [`Error::Start`] if the browser refuses, or a worker does not come up.
    #[cfg(target_arch = "wasm32")]
    pub async fn start(size: u32) -> Result<Pool, Error> {
        let coming = in_time(wasm_bindgen_rayon::init_thread_pool(size as usize));
        let started = wasm_bindgen_futures::JsFuture::from(coming).await;
        started.map(|_| Pool { size }).map_err(|error| Error::Start(crate::web::message_field(&error)))
    }

    /// How many workers it has.
    #[must_use]
    pub fn size(&self) -> u32 {
        self.size
    }

    /// Lets `body` hand tasks to the pool, and blocks until all of them have ended.
    pub fn scope<'scope, T>(&self, body: impl FnOnce(&Scope<'scope>) -> T) -> T {
        #[cfg(not(target_arch = "wasm32"))]
        return self.pool.in_place_scope(body);
        #[cfg(target_arch = "wasm32")]
        rayon::in_place_scope(body)
    }
}

#[cfg(target_arch = "wasm32")]
#[wasm_bindgen::prelude::wasm_bindgen(module = "/src/glue.js")]
extern "C" {
    #[wasm_bindgen(js_name = inTime)]
    fn in_time(coming: js_sys::Promise) -> js_sys::Promise;
}

/// The number of the pool's worker that calls, from 0; 0 outside the pool.
#[must_use]
pub fn worker_index() -> u32 {
    rayon::current_thread_index().unwrap_or(0) as u32
}

#[cfg(all(test, not(target_arch = "wasm32")))]
mod tests {
    use super::*;
    use std::sync::atomic::{AtomicU32, Ordering};

    #[test]
    fn a_scope_ends_after_all_its_tasks() {
        let pool = crate::block_on(Pool::start(3)).unwrap();
        let (done, most) = (AtomicU32::new(0), AtomicU32::new(0));
        pool.scope(|scope| {
            for _ in 0..100 {
                scope.spawn(|_| {
                    most.fetch_max(worker_index(), Ordering::Relaxed);
                    done.fetch_add(1, Ordering::Relaxed);
                });
            }
        });
        assert_eq!(done.into_inner(), 100);
        assert!(most.into_inner() < pool.size());
    }
}
