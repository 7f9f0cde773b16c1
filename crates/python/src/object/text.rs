//! `str`.

use compact_str::CompactString;
use std::hash::{BuildHasher, BuildHasherDefault, DefaultHasher};
use std::ops::Deref;
use std::sync::Arc;
use std::sync::atomic::{AtomicU32, AtomicU64, Ordering};

/// A string: a constant of a program, which lives for ever and is not counted, or a counted one.
#[derive(Clone, Debug)]
pub enum Str {
    /// Part of a program.
    Literal(&'static Text),
    /// Made while running.
    Counted(Arc<Text>),
}

/// What a string holds.
#[derive(Debug)]
pub struct Text {
    text: CompactString,
    /// Code points, or [`UNKNOWN`].
    chars: AtomicU32,
    /// 0 if not computed yet.
    hash: AtomicU64,
}

const UNKNOWN: u32 = u32::MAX;

impl Str {
    /// A constant.
    pub fn literal(text: &str) -> Str {
        Str::Literal(Box::leak(Box::new(Text::new(CompactString::new(text)))))
    }

    /// The string of one character.
    pub fn of_char(c: char) -> Str {
        let mut buffer = [0; 4];
        Str::from(&*c.encode_utf8(&mut buffer))
    }

    /// Appends in place if nobody else has the string, else makes a new one.
    pub fn push(&mut self, more: &str) {
        if let Str::Counted(text) = self
            && let Some(text) = Arc::get_mut(text)
        {
            text.text.push_str(more);
            *text.chars.get_mut() = UNKNOWN;
            *text.hash.get_mut() = 0;
            return;
        }
        let old = self.as_str();
        let mut text = CompactString::with_capacity(old.len() + more.len());
        text.push_str(old);
        text.push_str(more);
        *self = Str::Counted(Arc::new(Text::new(text)));
    }

    /// Whether both are the same object.
    pub fn is(&self, other: &Str) -> bool {
        std::ptr::eq::<Text>(&**self, &**other)
    }
}

impl Deref for Str {
    type Target = Text;

    #[inline]
    fn deref(&self) -> &Text {
        match self {
            Str::Literal(text) => text,
            Str::Counted(text) => text,
        }
    }
}

impl From<&str> for Str {
    fn from(text: &str) -> Str {
        Str::Counted(Arc::new(Text::new(CompactString::new(text))))
    }
}

impl From<String> for Str {
    fn from(text: String) -> Str {
        Str::Counted(Arc::new(Text::new(CompactString::from(text))))
    }
}

impl PartialEq for Str {
    #[inline]
    fn eq(&self, other: &Str) -> bool {
        self.is(other) || self.text == other.text
    }
}

impl Text {
    fn new(text: CompactString) -> Text {
        Text { text, chars: AtomicU32::new(UNKNOWN), hash: AtomicU64::new(0) }
    }

    /// Its characters, as UTF-8.
    #[inline]
    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// How many code points it has.
    pub fn chars(&self) -> usize {
        let known = self.chars.load(Ordering::Relaxed);
        if known != UNKNOWN {
            return known as usize;
        }
        let chars = self.text.chars().count();
        self.chars.store(u32::try_from(chars).unwrap_or(UNKNOWN), Ordering::Relaxed);
        chars
    }

    /// Whether each code point is one byte, so that the n-th is found at once.
    pub fn is_ascii(&self) -> bool {
        self.chars() == self.text.len()
    }

    /// The code point at `index`, which is below [`Text::chars`].
    pub fn char_at(&self, index: usize) -> Option<char> {
        if self.is_ascii() {
            return self.text.as_bytes().get(index).map(|&byte| byte as char);
        }
        self.text.chars().nth(index)
    }

    /// The code points from `start` to before `end`.
    pub fn between(&self, start: usize, end: usize) -> &str {
        if start >= end {
            return "";
        }
        if self.is_ascii() {
            return &self.text[start..end.min(self.text.len())];
        }
        let mut bytes = self.text.char_indices().map(|(at, _)| at).chain([self.text.len()]);
        let from = bytes.nth(start).unwrap_or(self.text.len());
        let to = bytes.nth(end - start - 1).unwrap_or(self.text.len());
        &self.text[from..to]
    }

    /// Its hash, computed once.
    pub fn hash(&self) -> u64 {
        let known = self.hash.load(Ordering::Relaxed);
        if known != 0 {
            return known;
        }
        let hash = hash_str(&self.text);
        self.hash.store(hash, Ordering::Relaxed);
        hash
    }
}

/// The hash of a string with this text.
pub fn hash_str(text: &str) -> u64 {
    BuildHasherDefault::<DefaultHasher>::default().hash_one(text).max(1)
}
