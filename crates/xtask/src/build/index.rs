//! The built `index.html`: which labs there are, what starts the page, and that nothing in it is tied to one address.
//!
//! The labs are a list in a `<script type="application/json" id="labs">`, which is data and so stands where a strict content
//! security policy refuses scripts. `boot.js` gives it to everyone else as `interleaveLabs`, and as `interleaveLab` the lab
//! that the address asks for. Each has `slug`, `question`, `lead`, and where its files are, from the page: `sheet`, `engine` (a
//! folder), and where it has them `programs` and `recorded`.
//!
//! The first lab's question and lead are in the page itself, so that they are there at the first paint.

use anyhow::{Result, bail};

/// Where the first lab's question and lead belong.
const WORDS: [&str; 2] = ["{question}", "{lead}"];

/// The page with the first lab's `words`, and in its head `start_tags`, before anything that a script would wait for.
pub(super) fn complete(html: &str, words: [&str; 2], start_tags: &str) -> Result<String> {
    let mut html = without_instructions(html);
    for (place, word) in WORDS.into_iter().zip(words) {
        let places = html.matches(place).count();
        if places != 1 {
            bail!("index.html needs {place} once, and has it {places} times");
        }
        html = html.replace(place, &word.replace('&', "&amp;").replace('<', "&lt;"));
    }
    let Some(styles) = html.find("<link") else { bail!("index.html has no style") };
    html.insert_str(styles, start_tags);
    Ok(html)
}

/// Without what was meant for trunk: it leaves its `rust` link where it does not inject scripts.
fn without_instructions(html: &str) -> String {
    let instructions: Vec<&str> = tags(html).filter(|tag| tag.contains("data-trunk")).collect();
    instructions.into_iter().fold(html.to_owned(), |html, tag| html.replace(tag, ""))
}

/// Refuses attributes that would only work at the root of a site.
pub(super) fn check_relative(html: &str) -> Result<()> {
    for tag in tags(html) {
        for attribute in ["href=/", "href=\"/", "href='/", "src=/", "src=\"/", "src='/"] {
            if tag.contains(attribute) {
                bail!("index.html must work at any path, but has {tag}");
            }
        }
    }
    Ok(())
}

fn tags(html: &str) -> impl Iterator<Item = &str> {
    html.match_indices('<').filter_map(|(from, _)| Some(&html[from..=from + html[from..].find('>')?]))
}

#[cfg(test)]
mod tests {
    use super::*;

    const PAGE: &str = "<title>T</title><link data-trunk rel=rust href=crates/app/Cargo.toml><link rel=stylesheet href=a.css><h1>{question}</h1><p>{lead}";

    #[test]
    fn words_and_start_are_filled_in_and_what_was_meant_for_trunk_is_left_out() {
        assert_eq!(
            complete(PAGE, ["A & B?", "1 < 2."], "<script></script>").unwrap(),
            "<title>T</title><script></script><link rel=stylesheet href=a.css><h1>A &amp; B?</h1><p>1 &lt; 2."
        );
    }

    #[test]
    fn a_page_without_a_place_for_words_or_with_two_is_refused() {
        for broken in [PAGE.replace("{lead}", ""), PAGE.replace("{lead}", "{lead}{lead}"), PAGE.replace("<link", "<a")]
        {
            assert!(complete(&broken, ["", ""], "").is_err(), "{broken}");
        }
    }

    #[test]
    fn the_page_of_this_workspace_has_every_place_once() {
        let html = include_str!("../../../../index.html");
        let built = complete(html, ["Q?", "L."], "<start>").unwrap();
        assert!(built.contains("<h1>Q?</h1>") && built.contains(">L.</p>") && !built.contains("data-trunk"), "{built}");
    }

    #[test]
    fn a_path_from_the_root_is_refused() {
        assert!(check_relative("<a href=\"#x\"><img src=./a.svg><script type=module>a</b/ c</script>").is_ok());
        assert!(check_relative("<link href=/style.css rel=stylesheet>").is_err());
        assert!(check_relative("<script src=\"/x.js\"></script>").is_err());
    }
}
