//! A text in a URL: as it is while it is short, packed where it is long.
//!
//! | in the URL | the text |
//! |---|---|
//! | `~` and something else than another | its UTF-8 as raw deflate (RFC 1951), in base64url (RFC 4648) without padding |
//! | `~~` and more | begins with one `~` |
//! | anything else | as it is |
//!
//! Both forms are read everywhere. In a browser `static/editor.js` packs and unpacks, by the browser's own means, before what is here gets to
//! see a text: what is still packed then cannot be unpacked.

use crate::control::MOST_TEXT;
use std::borrow::Cow;

/// Texts up to this length stand in a URL as they are, as JavaScript counts.
pub const SHORT: usize = 300;

const MARK: char = '~';

/// Whether a text should be packed.
#[must_use]
pub fn is_long(text: &str) -> bool {
    text.encode_utf16().nth(SHORT).is_some()
}

/// A text as it is, for a URL.
#[must_use]
pub(crate) fn plain(text: &str) -> Cow<'_, str> {
    if text.starts_with(MARK) { Cow::Owned(MARK.to_string() + text) } else { Cow::Borrowed(text) }
}

/// The text of a URL, of either form.
///
/// # Errors
/// Why it cannot be read: half a sentence.
pub(crate) fn read(given: &str) -> Result<String, String> {
    let text = match given.strip_prefix(MARK) {
        None => given.to_owned(),
        Some(text) if text.starts_with(MARK) => text.to_owned(),
        Some(packed) => unpack(packed).ok_or_else(|| format!("is no packed text of at most {MOST_TEXT} characters"))?,
    };
    if fits(&text) { Ok(text) } else { Err(format!("is longer than {MOST_TEXT} characters")) }
}

/// Whether a text is not too long for a control.
pub(crate) fn fits(text: &str) -> bool {
    text.len() <= MOST_TEXT || text.encode_utf16().nth(MOST_TEXT).is_none()
}

#[cfg(target_arch = "wasm32")]
fn unpack(_packed: &str) -> Option<String> {
    None
}

#[cfg(not(target_arch = "wasm32"))]
fn unpack(packed: &str) -> Option<String> {
    use base64::prelude::{BASE64_URL_SAFE_NO_PAD, Engine};
    // A character takes three bytes, or four and is two.
    const MOST_BYTES: usize = 3 * MOST_TEXT;
    let bytes = BASE64_URL_SAFE_NO_PAD.decode(packed).ok()?;
    String::from_utf8(miniz_oxide::inflate::decompress_to_vec_with_limit(&bytes, MOST_BYTES).ok()?)
        .ok()
        .filter(|text| fits(text))
}

/// A text, packed for a URL.
#[cfg(not(target_arch = "wasm32"))]
#[must_use]
pub fn pack(text: &str) -> String {
    use base64::prelude::{BASE64_URL_SAFE_NO_PAD, Engine};
    let packed = BASE64_URL_SAFE_NO_PAD.encode(miniz_oxide::deflate::compress_to_vec(text.as_bytes(), 9));
    MARK.to_string() + &packed
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_text_that_looks_packed_is_marked() {
        assert_eq!(["a~", "~", "~~b"].map(plain), ["a~", "~~", "~~~b"]);
        assert_eq!(["a~", "~~", "~~~b"].map(read), ["a~", "~", "~~b"].map(|text| Ok(text.to_owned())));
    }

    #[test]
    fn a_browser_packs_as_we_do() {
        // `interleavePacked('print("größe")\n')` in Chromium.
        assert_eq!(read("~KyjKzCvRUEovOrzt8PxUJU0uAA"), Ok("print(\"größe\")\n".to_owned()));
    }

    #[test]
    fn what_is_broken_or_a_bomb_is_refused() {
        let zeros = |count: usize| pack(&"0".repeat(count));
        assert_eq!(read(&zeros(MOST_TEXT)).map(|text| text.len()), Ok(MOST_TEXT));
        assert!(zeros(100_000_000).len() < 200_000, "it is small itself");
        let good = zeros(400);
        let packed = [
            zeros(MOST_TEXT + 1),
            zeros(100_000_000),
            good[..good.len() - 2].to_owned(),
            good.replace('~', "~!"),
            "~".into(),
            "~A".into(),
        ];
        for packed in packed {
            assert_eq!(
                read(&packed),
                Err("is no packed text of at most 65536 characters".to_owned()),
                "{:.40}",
                packed
            );
        }
        assert_eq!(read(&"ü".repeat(MOST_TEXT + 1)), Err("is longer than 65536 characters".to_owned()));
        assert!(read(&"ü".repeat(MOST_TEXT)).is_ok());
    }

    proptest! {
        #[test]
        fn both_forms_read_back(text in "\\PC{0,600}|[~a\\n]{0,9}") {
            prop_assert_eq!(read(&plain(&text)), Ok(text.clone()));
            prop_assert_eq!(read(&pack(&text)), Ok(text));
        }

        #[test]
        fn nothing_that_is_given_is_too_strange(given in "~[-_A-Za-z0-9]{0,80}|~\\PC{0,20}") {
            let _ = read(&given);
        }
    }
}
