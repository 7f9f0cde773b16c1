//! The built `index.html`: where the engine is, and that nothing in it is tied to one address.

use anyhow::{Result, bail};

/// The name of the `<meta>` whose content says where the engine is.
const META: &str = "interleave-engine";

/// Writes the engine's folder into the page's `<meta name="interleave-engine" content="">`.
pub(super) fn name_engine(html: &str, hash: &str) -> Result<String> {
    let places: Vec<(usize, usize)> = tags(html).filter(|&(from, to)| is_placeholder(&html[from..to])).collect();
    let [(from, to)] = places[..] else {
        bail!("index.html needs exactly one <meta name=\"{META}\" content=\"\">, found {}", places.len());
    };
    Ok(format!("{}<meta name=\"{META}\" content=\"engine/{hash}/\">{}", &html[..from], &html[to..]))
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
        let filled = "<head><meta name=\"interleave-engine\" content=\"engine/0123/\"><title>";
        for tag in [
            "<meta name=\"interleave-engine\" content=\"\">",
            "<meta name=interleave-engine>",
            "<meta content='' name='interleave-engine' />",
        ] {
            assert_eq!(name_engine(&format!("<head>{tag}<title>"), "0123").unwrap(), filled);
        }
    }

    #[test]
    fn no_placeholder_and_two_are_refused() {
        assert!(name_engine("<head><meta charset=utf-8>", "0123").is_err());
        let two = "<meta name=interleave-engine><meta name=interleave-engine>";
        assert!(name_engine(two, "0123").unwrap_err().to_string().contains("found 2"));
        assert!(name_engine("<meta name=interleave-engine content=\"engine/0123/\">", "4567").is_err());
    }

    #[test]
    fn a_path_from_the_root_is_refused() {
        assert!(check_relative("<a href=\"#x\"><img src=./a.svg><script type=module>a</b/ c</script>").is_ok());
        assert!(check_relative("<link href=/style.css rel=stylesheet>").is_err());
        assert!(check_relative("<script src=\"/x.js\"></script>").is_err());
    }
}
