//! What a script prints, line by line.

use interleave_python::{Output, Stream, Thread};
#[cfg(any(test, target_arch = "wasm32"))]
use interleave_trace::figure;
use std::sync::{Arc, Mutex, PoisonError};

/// Lines that are kept: more would take the page long to draw.
const MOST_LINES: usize = 2_000;
/// Bytes of a line that are kept.
const LONGEST: usize = 2_000;

/// A line that was printed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Line {
    /// Where to.
    pub(crate) stream: Stream,
    /// By which thread: the one that began it.
    pub(crate) thread: u32,
    /// What the thread was called then.
    pub(crate) by: String,
    /// The text, without the line break.
    pub(crate) text: String,
    /// When it began, in microseconds.
    pub(crate) at_us: u64,
}

/// What was printed so far.
#[derive(Clone, Debug, Default)]
pub(crate) struct Spoken {
    /// The lines, in order of time.
    pub(crate) lines: Vec<Line>,
    /// How many lines were not kept.
    pub(crate) lost: u32,
    /// When the program began, in microseconds.
    begun_us: u64,
    /// Lines that are not over yet.
    open: Vec<Line>,
}

/// Takes what a script prints.
#[derive(Clone, Default)]
pub(crate) struct Voice(Arc<Mutex<Spoken>>);

impl Voice {
    /// What was printed; lines that were not over are.
    pub(crate) fn spoken(&self) -> Spoken {
        let mut spoken = std::mem::take(&mut *self.0.lock().unwrap_or_else(PoisonError::into_inner));
        for line in std::mem::take(&mut spoken.open) {
            spoken.keep(line);
        }
        spoken
    }
}

#[cfg(any(test, target_arch = "wasm32"))]
impl Voice {
    /// The lines so far as a console shows them, if there are more than `seen`.
    pub(crate) fn so_far(&self, seen: usize) -> Option<Vec<figure::Line>> {
        let spoken = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let line = |line: &Line| figure::Line {
            at_us: line.at_us.saturating_sub(spoken.begun_us),
            by: line.by.clone(),
            stream: match line.stream {
                Stream::Out => figure::Stream::Output,
                Stream::Err => figure::Stream::Error,
            },
            text: line.text.clone(),
        };
        (spoken.lines.len() > seen).then(|| spoken.lines.iter().map(line).collect())
    }
}

impl Output for Voice {
    fn begin(&mut self, at_us: u64) {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).begun_us = at_us;
    }

    fn write(&mut self, stream: Stream, thread: &Thread, text: &str, at_us: u64) {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).add(stream, thread, text, at_us);
    }
}

impl Spoken {
    fn add(&mut self, stream: Stream, thread: &Thread, text: &str, at_us: u64) {
        for part in text.split_inclusive('\n') {
            let at = self.open.iter().position(|line| line.stream == stream);
            let mut line = match at {
                Some(at) => self.open.swap_remove(at),
                None => Line { stream, thread: thread.id, by: thread.name.lock().clone(), text: String::new(), at_us },
            };
            let (body, over) = part.strip_suffix('\n').map_or((part, false), |body| (body, true));
            let room = LONGEST.saturating_sub(line.text.len()).min(body.len());
            line.text.push_str(&body[..body.floor_char_boundary(room)]);
            if over { self.keep(line) } else { self.open.push(line) }
        }
    }

    fn keep(&mut self, line: Line) {
        if self.lines.len() < MOST_LINES { self.lines.push(line) } else { self.lost = self.lost.saturating_add(1) }
    }

    /// The first `most` different lines of the standard output, without numbers that have a decimal point.
    pub(crate) fn distinct(&self, most: usize) -> Vec<String> {
        let mut texts: Vec<String> = Vec::new();
        for line in self.lines.iter().filter(|line| line.stream == Stream::Out) {
            let text = without_decimals(&line.text);
            if texts.len() < most && !texts.contains(&text) {
                texts.push(text);
            }
        }
        texts
    }
}

/// The same text with `…` for each number that has a decimal point: times differ from run to run.
fn without_decimals(text: &str) -> String {
    let mut result = String::new();
    let mut rest = text;
    while let Some(start) = rest.find(|letter: char| letter.is_ascii_digit()) {
        let number = &rest[start..];
        let end = number.find(|letter: char| !letter.is_ascii_digit() && letter != '.').unwrap_or(number.len());
        // A full stop ends the sentence, not the number.
        let number = number[..end].trim_end_matches('.');
        result.push_str(&rest[..start]);
        result.push_str(if number.contains('.') { "…" } else { number });
        rest = &rest[start + number.len()..];
    }
    result + rest
}

#[cfg(test)]
mod tests {
    use super::*;

    fn spoken(parts: &[(Stream, u32, &str)]) -> Spoken {
        let voice = Voice::default();
        let mut heard = voice.clone();
        for (at_us, (stream, thread, text)) in (0..).zip(parts) {
            heard.write(*stream, &Thread::new(*thread, format!("Thread-{thread}"), false), text, at_us);
        }
        voice.spoken()
    }

    #[test]
    fn a_line_is_whose_who_began_it_and_what_is_not_over_counts() {
        let parts =
            [(Stream::Out, 1, "a"), (Stream::Err, 2, "x\ny"), (Stream::Out, 3, "b\n\nc"), (Stream::Out, 1, "d")];
        let lines: Vec<_> = spoken(&parts).lines.into_iter().map(|line| (line.thread, line.text, line.at_us)).collect();
        let line = |thread, text: &str, at_us| (thread, text.to_owned(), at_us);
        let mut rest = lines[3..].to_vec();
        rest.sort();
        assert_eq!(lines[..3], [line(2, "x", 1), line(1, "ab", 0), line(3, "", 2)]);
        assert_eq!(rest, [line(2, "y", 1), line(3, "cd", 2)]);
    }

    #[test]
    fn a_console_of_what_was_printed_so_far_is_made_only_if_there_is_more() {
        let mut voice = Voice::default();
        voice.begin(100);
        voice.write(Stream::Out, &Thread::new(3, "Ada".to_owned(), false), "a\nb", 150);
        let lines = voice.so_far(0).unwrap();
        assert_eq!(lines.len(), 1);
        assert_eq!((lines[0].at_us, &*lines[0].by, &*lines[0].text), (50, "Ada", "a"));
        assert_eq!(voice.so_far(1), None);
    }

    #[test]
    fn what_is_too_much_is_cut_and_counted() {
        let long = "é".repeat(LONGEST);
        let many = "x\n".repeat(MOST_LINES + 7);
        let spoken = spoken(&[(Stream::Out, 0, &long), (Stream::Out, 0, "\n"), (Stream::Out, 0, &many)]);
        assert_eq!((spoken.lines.len(), spoken.lost), (MOST_LINES, 8));
        assert_eq!(spoken.lines[0].text.len(), LONGEST);
    }

    #[test]
    fn times_are_left_out_of_what_is_counted() {
        let texts = ["It took 1.00 s.", "Parcel 3 has arrived.", "1,000.5 of 2", "v1.2.3 at 7."].map(without_decimals);
        assert_eq!(texts, ["It took … s.", "Parcel 3 has arrived.", "1,… of 2", "v… at 7."]);
        let parts = [(Stream::Out, 0, "a 1.0\na 2.0\nb\n"), (Stream::Err, 0, "c\n")];
        assert_eq!(spoken(&parts).distinct(9), ["a …", "b"]);
    }
}
