//! Threads.

#[cfg(not(target_arch = "wasm32"))]
pub use native::{JoinHandle, agent, cores, prestart, reuse, shared_memory, spawn, unblock, yield_now};
#[cfg(target_arch = "wasm32")]
pub use web::{JoinHandle, agent, cores, dismiss, prestart, reuse, shared_memory, spawn, unblock, yield_now};

#[cfg(not(target_arch = "wasm32"))]
mod native {
    use crate::Error;
    use std::any::Any;
    use std::panic::{AssertUnwindSafe, catch_unwind};
    use std::thread;

    /// A thread that can be waited for.
    #[derive(Debug)]
    pub struct JoinHandle<T>(thread::JoinHandle<T>);

    impl<T> JoinHandle<T> {
        /// Waits for the thread to end.
        ///
        /// # Errors
        /// [`Error::Panicked`] if it panicked.
        pub fn join(self) -> Result<T, Error> {
            self.0.join().map_err(|panic| panicked(panic.as_ref()))
        }
    }

    /// Starts a thread. In a browser `fresh` creates a worker for it even if one stands by; natively every thread is fresh.
    ///
    /// # Errors
    /// [`Error::Start`] if the system refuses.
    pub fn spawn<T: Send + 'static>(
        fresh: bool,
        body: impl FnOnce() -> T + Send + 'static,
    ) -> Result<JoinHandle<T>, Error> {
        let _ = fresh;
        thread::Builder::new().spawn(body).map(JoinHandle).map_err(|error| Error::Start(error.to_string()))
    }

    /// Runs `body` where it may block.
    ///
    /// # Errors
    /// [`Error::Panicked`] if it panicked.
    pub async fn unblock<T: Send + 'static>(body: impl FnOnce() -> T + Send + 'static) -> Result<T, Error> {
        catch_unwind(AssertUnwindSafe(body)).map_err(|panic| panicked(panic.as_ref()))
    }

    /// Lets `count` workers stand by for threads that are not fresh. Natively there is nothing to do.
    ///
    /// # Errors
    /// Natively none.
    pub async fn prestart(count: u32) -> Result<(), Error> {
        let _ = count;
        Ok(())
    }

    /// Lets workers whose thread has ended stand by for another one, up to `count` of them. Natively there is nothing to do.
    pub fn reuse(count: u32) {
        let _ = count;
    }

    /// Whether threads can share memory here.
    #[must_use]
    pub fn shared_memory() -> bool {
        true
    }

    /// Cores, as the platform reports them.
    #[must_use]
    pub fn cores() -> u32 {
        thread::available_parallelism().map_or(1, |cores| cores.get() as u32)
    }

    /// Lets another thread have the core, if one wants it.
    pub fn yield_now() {
        thread::yield_now();
    }

    /// What runs this: the program's name and version.
    #[must_use]
    pub fn agent() -> String {
        concat!("interleave/", env!("CARGO_PKG_VERSION")).to_owned()
    }

    fn panicked(panic: &(dyn Any + Send)) -> Error {
        let text = panic.downcast_ref::<&str>().copied();
        let text = text.or_else(|| panic.downcast_ref::<String>().map(String::as_str));
        Error::Panicked(text.unwrap_or("no message").to_owned())
    }
}

#[cfg(target_arch = "wasm32")]
mod web {
    use crate::{Error, web};
    use std::collections::VecDeque;
    use std::sync::atomic::{AtomicU32, Ordering};
    use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
    use wasm_bindgen::prelude::wasm_bindgen;

    /// A thread that can be waited for.
    #[derive(Debug)]
    pub struct JoinHandle<T>(Arc<Done<T>>);

    #[derive(Debug)]
    struct Done<T> {
        value: Mutex<Option<T>>,
        ended: Condvar,
    }

    impl<T> JoinHandle<T> {
        /// Waits for the thread to end. A panic ends the whole engine, so that it never returns from here.
        ///
        /// # Errors
        /// None: natively, a panic.
        pub fn join(self) -> Result<T, Error> {
            let mut value = self.0.value.lock().unwrap_or_else(PoisonError::into_inner);
            loop {
                if let Some(value) = value.take() {
                    return Ok(value);
                }
                value = self.0.ended.wait(value).unwrap_or_else(PoisonError::into_inner);
            }
        }
    }

    /// Starts a thread: on a worker that stands by, or on a new one if none does or `fresh` is asked for.
    ///
    /// # Errors
    /// None here: a worker that cannot be loaded fails the whole run.
    pub fn spawn<T: Send + 'static>(
        fresh: bool,
        body: impl FnOnce() -> T + Send + 'static,
    ) -> Result<JoinHandle<T>, Error> {
        let (handle, body) = joinable(body);
        start(Thread { body, ticket: NOBODY }, fresh);
        Ok(handle)
    }

    /// Runs `body` on a thread of its own, so that it may block, and waits without blocking the host.
    ///
    /// # Errors
    /// None here: a panic fails the whole run.
    pub async fn unblock<T: Send + 'static>(body: impl FnOnce() -> T + Send + 'static) -> Result<T, Error> {
        static NEXT: AtomicU32 = AtomicU32::new(NOBODY + 1);
        let (handle, body) = joinable(body);
        let ticket = NEXT.fetch_add(1, Ordering::Relaxed);
        let end = web::thread_end(ticket);
        start(Thread { body, ticket }, false);
        end.await;
        handle.join()
    }

    /// Lets `count` workers stand by for threads that are not fresh.
    ///
    /// # Errors
    /// None here: a worker that cannot be loaded fails the whole run.
    pub async fn prestart(count: u32) -> Result<(), Error> {
        let missing = {
            let mut standby = standby();
            let missing = count.saturating_sub(standby.workers);
            standby.workers += missing;
            missing
        };
        web::create_standby(missing).await;
        Ok(())
    }

    /// Lets workers whose thread has ended stand by for another one, up to `count` of them.
    pub fn reuse(count: u32) {
        standby().reused = count;
    }

    /// Whether threads can share memory here.
    #[must_use]
    pub fn shared_memory() -> bool {
        web::isolated()
    }

    /// Cores, as the browser reports them.
    #[must_use]
    pub fn cores() -> u32 {
        web::cores()
    }

    /// Lets another thread have the core natively; a browser has nothing like it.
    pub fn yield_now() {}

    /// What runs this: the browser's user agent.
    #[must_use]
    pub fn agent() -> String {
        web::agent()
    }

    fn joinable<T: Send + 'static>(body: impl FnOnce() -> T + Send + 'static) -> (JoinHandle<T>, Body) {
        let done = Arc::new(Done { value: Mutex::new(None), ended: Condvar::new() });
        let handle = JoinHandle(done.clone());
        let body = move || {
            let value = body();
            *done.value.lock().unwrap_or_else(PoisonError::into_inner) = Some(value);
            done.ended.notify_all();
        };
        (handle, Box::new(body))
    }

    type Body = Box<dyn FnOnce() + Send>;

    /// What a new thread does, and by which number the host knows that it waits for its end.
    struct Thread {
        body: Body,
        ticket: u32,
    }

    /// The ticket of a thread whose end the host does not wait for.
    const NOBODY: u32 = 0;

    /// Workers that stand by, each blocked until there is something to do: no message has to find its way over the host.
    struct Standby {
        /// How many have nothing to do yet.
        workers: u32,
        /// So many stand by again when their threads have ended.
        reused: u32,
        /// What some of them were given, and have not begun.
        given: VecDeque<Thread>,
        /// Nothing more is given.
        dismissed: bool,
    }

    static STANDBY: Mutex<Standby> =
        Mutex::new(Standby { workers: 0, reused: 0, given: VecDeque::new(), dismissed: false });
    static GIVEN: Condvar = Condvar::new();

    fn standby() -> MutexGuard<'static, Standby> {
        STANDBY.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn start(thread: Thread, fresh: bool) {
        let mut standby = standby();
        if fresh || standby.workers == 0 {
            web::create_thread(pass(thread));
        } else {
            standby.workers -= 1;
            standby.given.push_back(thread);
            GIVEN.notify_one();
        }
    }

    /// Gives up a thread as an address for [`interleave_thread`].
    fn pass(thread: Thread) -> u32 {
        Box::into_raw(Box::new(thread)) as u32
    }

    /// Lets the workers that stand by end, now and later. For a host that has said its last word: Chromium keeps some for ever that are
    /// ended together with it.
    pub fn dismiss() {
        standby().dismissed = true;
        GIVEN.notify_all();
    }

    /// The call of a process that is to end soon.
    #[wasm_bindgen]
    pub fn interleave_dismissed() {
        dismiss();
    }

    /// The call of a worker that stands by: blocks until there is a thread for it, or none will be, which is 0.
    #[wasm_bindgen]
    pub fn interleave_stand_by() -> u32 {
        let mut standby = standby();
        loop {
            match standby.given.pop_front() {
                Some(thread) => return pass(thread),
                None if standby.dismissed => return 0,
                None => standby = GIVEN.wait(standby).unwrap_or_else(PoisonError::into_inner),
            }
        }
    }

    /// Whether a worker whose thread has ended stands by for another one: then it calls [`interleave_stand_by`] next.
    #[wasm_bindgen]
    pub fn interleave_stays() -> bool {
        let mut standby = standby();
        let stays = standby.workers < standby.reused;
        standby.workers += u32::from(stays);
        stays
    }

    /// Is a thread, to its end; its ticket.
    #[wasm_bindgen]
    pub fn interleave_thread(thread: u32) -> u32 {
        // SAFETY: `thread` comes from `pass`, by way of the host or of this worker itself, which give each address to one
        // worker, once; and that worker shares the memory in which the address is valid.
        let Thread { body, ticket } = *unsafe { Box::from_raw(thread as *mut Thread) };
        body();
        ticket
    }
}
