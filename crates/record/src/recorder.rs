//! Recording without locks: each track has one writer that appends to its own
//! buffer, and any thread may read what has been appended so far.
//!
//! A track is what one task or thread did on a lane. Its buffer is a list of buckets, each twice as large as the one
//! before, so a recorded span never moves and a reader never waits. The first bucket is allocated before the run; a
//! later one only when a track outgrows all earlier ones.

use crate::{Lane, Span, State};
use std::sync::atomic::{AtomicU32, AtomicU64, AtomicUsize, Ordering};
use std::sync::{Arc, OnceLock};

/// Spans in a track's first bucket.
const FIRST_BUCKET: usize = 64;
/// Buckets: with these, a track holds 64 × (2²⁴ − 1) spans, over a billion.
const BUCKETS: usize = 24;

/// All tracks of one run.
#[derive(Debug)]
pub struct Recorder {
    lanes: Vec<Lane>,
    tracks: Vec<Arc<Track>>,
}

/// How far a reader has got with [`Recorder::take_new`].
#[derive(Debug, Default)]
pub struct Cursor {
    seen: Vec<usize>,
}

impl Recorder {
    /// A recorder for `lanes`, with one track for each entry of `track_lanes` (the id of the track's lane), and the
    /// tracks' writers in the same order.
    #[must_use]
    pub fn new(lanes: Vec<Lane>, track_lanes: impl IntoIterator<Item = u32>) -> (Recorder, Vec<Writer>) {
        let tracks: Vec<_> = track_lanes.into_iter().map(|lane| Arc::new(Track::new(lane))).collect();
        let writers = tracks.iter().map(|track| Writer { track: track.clone(), open: None, last_us: 0 }).collect();
        (Recorder { lanes, tracks }, writers)
    }

    /// The lanes, in order of drawing.
    #[must_use]
    pub fn lanes(&self) -> &[Lane] {
        &self.lanes
    }

    /// Every span that has ended, ordered by lane, then by start.
    #[must_use]
    pub fn spans(&self) -> Vec<Span> {
        let mut spans = self.take_new(&mut Cursor::default());
        spans.sort_unstable_by_key(|s| (s.lane, s.start_us, s.end_us, s.task));
        spans
    }

    /// The spans that have ended since `cursor` was last used.
    pub fn take_new(&self, cursor: &mut Cursor) -> Vec<Span> {
        cursor.seen.resize(self.tracks.len(), 0);
        let mut spans = Vec::new();
        for (track, seen) in self.tracks.iter().zip(&mut cursor.seen) {
            let len = track.len.load(Ordering::Acquire);
            spans.extend((*seen..len).map(|i| track.get(i)));
            *seen = len;
        }
        spans
    }

    /// The spans that are still open, as if they ended at `now_us`.
    #[must_use]
    pub fn open(&self, now_us: u64) -> Vec<Span> {
        let open = |track: &Arc<Track>| {
            let (task, state, start_us) = unpack(track.open.load(Ordering::Relaxed))?;
            Some(Span { lane: track.lane.load(Ordering::Acquire), task, state, start_us, end_us: now_us.max(start_us) })
        };
        self.tracks.iter().filter_map(open).collect()
    }
}

/// The one writer of one track.
///
/// Times are microseconds since the run began. A time before the track's last one counts as the last one: clocks of
/// different threads may differ by a step, and a track never runs backwards.
#[derive(Debug)]
pub struct Writer {
    track: Arc<Track>,
    open: Option<(u32, State)>,
    last_us: u64,
}

impl Writer {
    /// From `at_us` on, `task` is in `state`; the open span, if any, ends there.
    pub fn enter(&mut self, task: u32, state: State, at_us: u64) {
        if self.open == Some((task, state)) {
            return;
        }
        self.leave(at_us);
        self.open = Some((task, state));
        self.track.open.store(pack(task, state, self.last_us), Ordering::Relaxed);
    }

    /// The open span ends at `at_us`, and no other starts.
    pub fn leave(&mut self, at_us: u64) {
        let start_us = self.last_us;
        self.last_us = at_us.max(self.last_us);
        if let Some((task, state)) = self.open.take() {
            self.track.open.store(NOTHING_OPEN, Ordering::Relaxed);
            // A wait too short for the clock is left out; a task that ran is kept.
            if self.last_us > start_us || state == State::Run {
                self.track.push(pack(task, state, start_us), self.last_us);
            }
        }
    }

    /// Moves the track, with all that it has recorded, to lane `lane`: a task in a queue has no lane until a worker
    /// takes it.
    pub fn move_to(&mut self, lane: u32) {
        self.track.lane.store(lane, Ordering::Release);
    }
}

/// One track's buffer. Only its [`Writer`] stores; `len` publishes what it stored.
#[derive(Debug)]
struct Track {
    lane: AtomicU32,
    len: AtomicUsize,
    open: AtomicU64,
    buckets: [OnceLock<Box<[Slot]>>; BUCKETS],
}

/// A recorded span: one word for task, state and start, and one for the end.
#[derive(Debug, Default)]
struct Slot {
    begin: AtomicU64,
    end_us: AtomicU64,
}

impl Track {
    fn new(lane: u32) -> Track {
        let track = Track {
            lane: AtomicU32::new(lane),
            len: AtomicUsize::new(0),
            open: AtomicU64::new(NOTHING_OPEN),
            buckets: [const { OnceLock::new() }; BUCKETS],
        };
        track.bucket(0);
        track
    }

    fn bucket(&self, bucket: usize) -> &[Slot] {
        self.buckets[bucket].get_or_init(|| (0..FIRST_BUCKET << bucket).map(|_| Slot::default()).collect())
    }

    fn slot(&self, index: usize) -> &Slot {
        let bucket = (index / FIRST_BUCKET + 1).ilog2() as usize;
        &self.bucket(bucket)[index - FIRST_BUCKET * ((1 << bucket) - 1)]
    }

    fn push(&self, begin: u64, end_us: u64) {
        let index = self.len.load(Ordering::Relaxed);
        let slot = self.slot(index);
        slot.begin.store(begin, Ordering::Relaxed);
        slot.end_us.store(end_us, Ordering::Relaxed);
        self.len.store(index + 1, Ordering::Release);
    }

    fn get(&self, index: usize) -> Span {
        let slot = self.slot(index);
        let (task, state, start_us) = unpack(slot.begin.load(Ordering::Relaxed)).unwrap_or((0, State::Run, 0));
        let end_us = slot.end_us.load(Ordering::Relaxed);
        Span { lane: self.lane.load(Ordering::Acquire), task, state, start_us, end_us }
    }
}

/// The word for “no span is open”.
const NOTHING_OPEN: u64 = u64::MAX;
/// Bits of the start: 2⁴⁰ µs are twelve days.
const START_BITS: u32 = 40;
/// Bits of the task's number.
const TASK_BITS: u32 = 20;

/// State in the top four bits, then the task, then the start.
fn pack(task: u32, state: State, start_us: u64) -> u64 {
    let task = u64::from(task) & ((1 << TASK_BITS) - 1);
    (state as u64) << (START_BITS + TASK_BITS) | task << START_BITS | start_us & ((1 << START_BITS) - 1)
}

fn unpack(word: u64) -> Option<(u32, State, u64)> {
    let state = State::ALL.get((word >> (START_BITS + TASK_BITS)) as usize)?;
    let task = (word >> START_BITS) & ((1 << TASK_BITS) - 1);
    Some((task as u32, *state, word & ((1 << START_BITS) - 1)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::LaneKind;

    fn one_track() -> (Recorder, Writer) {
        let lane = Lane { id: 7, name: "thread 7".into(), kind: LaneKind::Thread };
        let (recorder, mut writers) = Recorder::new(vec![lane], [7]);
        (recorder, writers.remove(0))
    }

    #[test]
    fn entering_a_state_ends_the_one_before() {
        let (recorder, mut writer) = one_track();
        writer.enter(3, State::Sleep, 10);
        writer.enter(3, State::Run, 25);
        writer.leave(40);
        let span = |state, start_us, end_us| Span { lane: 7, task: 3, state, start_us, end_us };
        assert_eq!(recorder.spans(), [span(State::Sleep, 10, 25), span(State::Run, 25, 40)]);
    }

    #[test]
    fn what_is_open_ends_now() {
        let (recorder, mut writer) = one_track();
        assert_eq!(recorder.open(5), []);
        writer.enter(1, State::Wait, 10);
        let span = Span { lane: 7, task: 1, state: State::Wait, start_us: 10, end_us: 30 };
        assert_eq!(recorder.open(30), [span]);
        assert_eq!(recorder.spans(), []);
    }

    #[test]
    fn a_clock_that_steps_back_makes_no_span_of_negative_length() {
        let (recorder, mut writer) = one_track();
        writer.enter(0, State::Run, 100);
        writer.enter(0, State::Sleep, 95);
        writer.leave(120);
        let lens: Vec<_> = recorder.spans().iter().map(|s| (s.start_us, s.end_us)).collect();
        assert_eq!(lens, [(100, 100), (100, 120)]);
    }

    #[test]
    fn a_track_moves_with_all_it_recorded() {
        let (recorder, mut writer) = one_track();
        writer.enter(0, State::Run, 1);
        writer.move_to(4);
        writer.leave(2);
        assert_eq!(recorder.spans()[0].lane, 4);
    }

    #[test]
    fn a_cursor_sees_each_span_once() {
        let (recorder, mut writer) = one_track();
        let mut cursor = Cursor::default();
        let mut seen = Vec::new();
        for i in 0..1000 {
            writer.enter(i, State::Run, u64::from(i) * 2);
            writer.leave(u64::from(i) * 2 + 1);
            if i % 100 == 0 {
                seen.extend(recorder.take_new(&mut cursor));
            }
        }
        seen.extend(recorder.take_new(&mut cursor));
        assert_eq!(seen, recorder.spans());
        assert_eq!(seen.len(), 1000);
        assert!(seen.iter().zip(0..).all(|(s, i)| s.task == i && s.start_us == u64::from(i) * 2));
    }

    #[test]
    fn a_reader_on_another_thread_sees_only_whole_spans() {
        let (recorder, mut writer) = one_track();
        let writing = std::thread::spawn(move || {
            for i in 0..100_000_u32 {
                writer.enter(i, State::Run, u64::from(i));
                writer.leave(u64::from(i));
            }
        });
        let mut cursor = Cursor::default();
        let mut next = 0;
        while next < 100_000 {
            for span in recorder.take_new(&mut cursor) {
                assert_eq!((span.task, span.start_us, span.end_us), (next, u64::from(next), u64::from(next)));
                next += 1;
            }
        }
        writing.join().unwrap();
    }
}
