//! Stands in for the crate of this name: its tables would be a tenth of the module for the browser. All that is lost is that names in Python
//! which are written with different characters of the same meaning, as `ﬁ` and `fi`, are one name: here they are two.
#![forbid(unsafe_code)]

/// A text in the form in which names are compared.
pub trait UnicodeNormalization {
    /// Its characters.
    fn nfkc(&self) -> impl Iterator<Item = char>;
}

impl UnicodeNormalization for str {
    fn nfkc(&self) -> impl Iterator<Item = char> {
        self.chars()
    }
}
