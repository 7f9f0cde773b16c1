//! What a reader is told when an argument could not be used as given.

use crate::query::shown;

/// An argument that was corrected.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Notice {
    /// The argument's name in the URL, or on the command line.
    pub argument: String,
    /// The whole sentence, naming the argument, the value given and the value used.
    pub text: String,
}

impl Notice {
    /// The notice that `argument=given` is wrong (`why`), and that `used` is used instead.
    pub(crate) fn corrected(argument: &str, given: &str, why: &str, used: &str) -> Notice {
        Notice { argument: argument.to_owned(), text: format!("{argument}={} {why}; {used} is used.", shown(given)) }
    }
}
