//! The built `index.html`: where the engine is, what starts the page, and that nothing in it is tied to one address.

use anyhow::{Result, bail};

/// The name of the `<meta>` whose content says where the engine is.
const META: &str = "interleave-engine";

/// Writes the engine's folder into the page's `<meta name="interleave-engine" content="">`, and after it the tags that start the page.
pub(super) fn complete(html: &str, hash: &str, start_tags: &str) -> Result<String> {
    let html = &without_instructions(html);
    let places: Vec<(usize, usize)> = tags(html).filter(|&(from, to)| is_placeholder(&html[from..to])).collect();
    let [(from, to)] = places[..] else {
        bail!("index.html needs exactly one <meta name=\"{META}\" content=\"\">, found {}", places.len());
    };
    Ok(format!("{}<meta name=\"{META}\" content=\"engine/{hash}/\">{start_tags}{}", &html[..from], &html[to..]))
}

/// Without what was meant for trunk: it leaves its `rust` link where it does not inject scripts.
fn without_instructions(html: &str) -> String {
    let instructions: Vec<&str> =
        tags(html).map(|(from, to)| &html[from..to]).filter(|tag| tag.contains("data-trunk")).collect();
    instructions.into_iter().fold(html.to_owned(), |html, tag| html.replace(tag, ""))
}

/// Refuses attributes that would only work at the root of a site.
pub(super) fn check_relative(html: &str) -> Result<()> {
    for (from, to) in tags(html) {
        let tag = &html[from..to];
        for attribute in ["href=/", "href=\"/", "href='/", "src=/", "src=\"/", "src='/"] {
            if tag.contains(attribute) {
                bail!("index.html must work at any path, but has {tag}");
            }
        }
    }
    Ok(())
}

/// Where each tag begins and ends.
fn tags(html: &str) -> impl Iterator<Item = (usize, usize)> {
    html.match_indices('<').filter_map(|(from, _)| Some((from, from + html[from..].find('>')? + 1)))
}

/// Trunk's minifier drops quotes and the empty content, so the tag is looked at by its parts.
fn is_placeholder(tag: &str) -> bool {
    let inner = tag.trim_start_matches('<').trim_end_matches('>').trim_end_matches('/');
    let mut words = inner.split_whitespace().map(|word| word.replace(['"', '\''], ""));
    let named = format!("name={META}");
    words.next().is_some_and(|word| word == "meta") && {
        let rest: Vec<String> = words.collect();
        rest.contains(&named) && rest.iter().all(|word| *word == named || word == "content=" || word == "content")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_placeholder_is_filled_with_and_without_quotes() {
        let filled = "<head><meta name=\"interleave-engine\" content=\"engine/0123/\"><script></script><title>";
        for tag in [
            "<meta name=\"interleave-engine\" content=\"\">",
            "<meta name=interleave-engine>",
            "<meta content='' name='interleave-engine' />",
        ] {
            assert_eq!(complete(&format!("<head>{tag}<title>"), "0123", "<script></script>").unwrap(), filled);
        }
    }

    #[test]
    fn what_was_meant_for_trunk_is_left_out() {
        let html = "<head><meta name=interleave-engine><link data-trunk rel=rust href=crates/app/Cargo.toml><title>";
        assert_eq!(
            complete(html, "0", "").unwrap(),
            "<head><meta name=\"interleave-engine\" content=\"engine/0/\"><title>"
        );
    }

    #[test]
    fn no_placeholder_and_two_are_refused() {
        assert!(complete("<head><meta charset=utf-8>", "0123", "").is_err());
        let two = "<meta name=interleave-engine><meta name=interleave-engine>";
        assert!(complete(two, "0123", "").unwrap_err().to_string().contains("found 2"));
        assert!(complete("<meta name=interleave-engine content=\"engine/0123/\">", "4567", "").is_err());
    }

    #[test]
    fn a_path_from_the_root_is_refused() {
        assert!(check_relative("<a href=\"#x\"><img src=./a.svg><script type=module>a</b/ c</script>").is_ok());
        assert!(check_relative("<link href=/style.css rel=stylesheet>").is_err());
        assert!(check_relative("<script src=\"/x.js\"></script>").is_err());
    }
}
