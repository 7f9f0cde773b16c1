//! What threads did when, each on a track of its own.

use interleave_threads::now_us;
use serde::{Deserialize, Serialize};

/// What a thread does.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum State {
    /// It was asked to start and has not begun.
    Starting,
    /// It runs Python code.
    Running,
    /// It wants the global interpreter lock.
    WaitingForGil,
    /// It sleeps.
    Sleeping,
    /// It waits for something.
    Waiting {
        /// What: “Lock”, “Condition”, …
        what: String,
        /// The number of the thread that has it, if one does.
        holder: Option<u32>,
    },
    /// It waits for a thread to end: the thread's number.
    Joining(u32),
}

impl State {
    /// What it is in words, as in “Ada waits for a Lock that Alan has”; `name` says what a thread is called.
    pub fn words(&self, name: impl Fn(u32) -> String) -> String {
        match self {
            State::Starting => "starts".to_owned(),
            State::Running => "runs".to_owned(),
            State::WaitingForGil => "waits for the GIL".to_owned(),
            State::Sleeping => "sleeps".to_owned(),
            State::Waiting { what, holder } => {
                let article = if what.starts_with(['A', 'E', 'I', 'O', 'U']) || what == "RLock" { "an" } else { "a" };
                let of = holder.map_or_else(String::new, |holder| format!(" that {} has", name(holder)));
                format!("waits for {article} {what}{of}")
            }
            State::Joining(id) => format!("waits for {} to end", name(*id)),
        }
    }
}

/// A thread was in a state for a time.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Span {
    /// What it did.
    pub state: State,
    /// The line of the program that it was at, from 1; 0 if it was at none.
    pub line: u32,
    /// When that began, in microseconds of [`now_us`].
    pub start_us: u64,
    /// When it ended.
    pub end_us: u64,
}

/// A thread's spans so far. Only the thread itself adds to it.
#[derive(Debug, Default)]
pub struct Track {
    spans: Vec<Span>,
    open: Option<(State, u32, u64)>,
    lost: u64,
}

/// Spans that a track keeps: some ten minutes of a thread that takes turns as often as it can.
const MOST_SPANS: usize = 100_000;

impl Track {
    /// From now on the thread is in `state`, at a line.
    pub fn enter(&mut self, state: State, line: u32) {
        let now = now_us();
        self.end_at(now);
        self.open = Some((state, line, now));
    }

    /// The thread has ended.
    pub fn end(&mut self) {
        self.end_at(now_us());
    }

    fn end_at(&mut self, now: u64) {
        if let Some((state, line, start_us)) = self.open.take() {
            let running = state == State::Running;
            if self.spans.len() >= MOST_SPANS {
                self.lost += 1;
            } else if now > start_us || running {
                self.spans.push(Span { state, line, start_us, end_us: now.max(start_us) });
            }
        }
    }

    /// Goes on with spans that were recorded elsewhere, in place of the one that is open: but for a start, which ends where they begin.
    pub fn adopt(&mut self, spans: Vec<Span>, lost: u64) {
        let open = self.open.take_if(|(state, ..)| *state == State::Starting);
        if let (Some((state, line, start_us)), Some(first)) = (open, spans.first()) {
            self.spans.push(Span { state, line, start_us, end_us: first.start_us.max(start_us) });
        }
        self.open = None;
        self.spans.extend(spans);
        self.lost += lost;
    }

    /// How many spans were not kept.
    pub fn lost(&self) -> u64 {
        self.lost
    }

    /// The spans so far; one that is open ends now.
    pub fn spans(&self) -> Vec<Span> {
        let open = self.open.clone().map(|(state, line, start_us)| Span {
            state,
            line,
            start_us,
            end_us: now_us().max(start_us),
        });
        self.spans.iter().cloned().chain(open).collect()
    }
}

/// What one thread did.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Lane {
    /// The thread's number, in the order in which threads were started; 0 is the main thread.
    pub thread: u32,
    /// Its name.
    pub name: String,
    /// Whether it is the main thread of another process.
    pub process: bool,
    /// Whether it was a daemon.
    pub daemon: bool,
    /// Whether it was ended before its function returned.
    pub cut: bool,
    /// How many of its last spans were not kept.
    pub lost: u64,
    /// What it did, in order.
    pub spans: Vec<Span>,
}
