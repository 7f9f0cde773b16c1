//! The built `index.html`: which labs there are, what starts the page, what stands around a lab, and that nothing in it is tied to one
//! address.
//!
//! The labs are a list in a `<script type="application/json" id="labs">`, which is data and so stands where a strict content
//! security policy refuses scripts. `boot.js` gives it to everyone else as `interleaveLabs`, and as `interleaveLab` the lab
//! that the address asks for. Each has `slug`, `question`, `lead`, and where its files are, from the page: `sheet`, `engine` (a
//! folder), and where it has them `programs` and `recorded`.
//!
//! The first lab's question and lead are in the page itself, so that they are there at the first paint, as is what `course.rs` writes.

use std::{fs, path::Path};

use anyhow::{Context, Result, bail};

use super::{course, labs::Lab, site};
use crate::files;

/// Where the address of the site belongs, before the name of the picture that is shown beside a link.
const ADDRESS: &str = "{address}";

/// The page of `labs`, of which it shows the first, and in its head `start_tags`, before anything that a script would wait for.
/// `address` is where the site will be, with a slash at its end, or nothing.
pub(super) fn complete(html: &str, labs: &[Lab], start_tags: &str, address: &str) -> Result<String> {
    let first = &labs.first().context("there is no lab")?.sheet;
    let parts = [
        ("{question}", course::escaped(&first.question)),
        ("{lead}", course::escaped(&first.lead)),
        ("{bar}", course::bar(labs)),
        ("{turns}", course::turns(labs)),
        ("{map}", course::map(labs)),
        (ADDRESS, course::escaped(address)),
    ];
    let mut html = without_instructions(html);
    for (place, part) in parts {
        let places = html.matches(place).count();
        if places != 1 {
            bail!("index.html needs {place} once, and has it {places} times");
        }
        html = html.replace(place, &part);
    }
    let Some(styles) = html.find("<link") else { bail!("index.html has no style") };
    html.insert_str(styles, start_tags);
    Ok(html)
}

/// Makes one style sheet in `stage` of those that the page names, in their order, and the page name that: one request, and a tenth fewer
/// bytes.
pub(super) fn with_one_style(html: &str, stage: &Path) -> Result<String> {
    let sheets: Vec<&str> = tags(html).filter(|tag| tag.contains("rel=stylesheet")).collect();
    let (mut style, mut html) = (Vec::new(), html.to_owned());
    for sheet in &sheets {
        let name = sheet.split("href=./").nth(1).and_then(|rest| rest.split([' ', '>']).next());
        let file = stage.join(name.with_context(|| format!("{sheet} names no file beside the page"))?);
        style.extend(fs::read(&file).with_context(|| format!("cannot read {}", file.display()))?);
        files::remove(&file)?;
    }
    let name = site::add(stage, "style", "css", &style)?;
    let first = sheets.first().context("the page has no style sheet")?;
    html = html.replace(first, &format!("<link href=./{name} rel=stylesheet>"));
    Ok(sheets[1..].iter().fold(html, |html, sheet| html.replace(sheet, "")))
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
    use interleave_labs::LABS;

    use super::*;
    use crate::build::labs::tests::bare;

    const PAGE: &str = "<title>T</title><link data-trunk rel=rust href=crates/app/Cargo.toml><link rel=stylesheet href=a.css>\
        <meta content=\"{address}social.png\"><ul>{bar}</ul><h1>{question}</h1><p>{lead}</p>{turns}<ol>{map}</ol>";

    /// A course of one lab.
    fn one(question: &str, lead: &str) -> Vec<Lab> {
        let mut sheet = LABS[0].sheet();
        (sheet.question, sheet.lead) = (question.to_owned(), lead.to_owned());
        vec![bare("a", sheet)]
    }

    #[test]
    fn several_styles_become_one_in_their_order() {
        let stage = std::env::temp_dir().join(format!("interleave-styles-{}", std::process::id()));
        files::fresh_dir(&stage).unwrap();
        for (name, style) in [("b-1.css", "b{}"), ("a-2.css", "a{}")] {
            fs::write(stage.join(name), style).unwrap();
        }
        let page = "<link href=./b-1.css rel=stylesheet><title>T</title><link href=./a-2.css rel=stylesheet>";
        let html = with_one_style(page, &stage).unwrap();
        let name = site::only(&stage, "style-", ".css").unwrap();
        assert_eq!(html, format!("<link href=./{name} rel=stylesheet><title>T</title>"));
        assert_eq!(fs::read_to_string(stage.join(name)).unwrap(), "b{}a{}");
        assert_eq!(fs::read_dir(&stage).unwrap().count(), 1, "those are gone");
        assert!(with_one_style("<title>T</title>", &stage).is_err());
        files::remove(&stage).unwrap();
    }

    #[test]
    fn words_and_start_are_filled_in_and_what_was_meant_for_trunk_is_left_out() {
        let labs = one("A & B?", "1 < 2.");
        let (bar, turns, map) = (course::bar(&labs), course::turns(&labs), course::map(&labs));
        assert_eq!(
            complete(PAGE, &labs, "<script></script>", "https://a.example/b/").unwrap(),
            format!(
                "<title>T</title><script></script><link rel=stylesheet href=a.css>\
                 <meta content=\"https://a.example/b/social.png\"><ul>{bar}</ul><h1>A &amp; B?</h1><p>1 &lt; 2.</p>{turns}<ol>{map}</ol>"
            )
        );
    }

    #[test]
    fn a_page_without_a_place_for_words_or_with_two_is_refused() {
        let labs = one("", "");
        for broken in [PAGE.replace("{map}", ""), PAGE.replace("{lead}", "{lead}{lead}"), PAGE.replace("<link", "<a")] {
            assert!(complete(&broken, &labs, "", "").is_err(), "{broken}");
        }
        assert!(complete(PAGE, &[], "", "").is_err(), "no lab, no page");
    }

    #[test]
    fn the_page_of_this_workspace_has_every_place_once() {
        let html = include_str!("../../../../index.html");
        let built = complete(html, &one("Q?", "L."), "<start>", "").unwrap();
        assert!(built.contains("<h1>Q?</h1>") && built.contains(">L.</p>") && !built.contains("data-trunk"), "{built}");
        check_relative(&built).unwrap();
    }

    #[test]
    fn a_path_from_the_root_is_refused() {
        assert!(check_relative("<a href=\"#x\"><img src=./a.svg><script type=module>a</b/ c</script>").is_ok());
        assert!(check_relative("<link href=/style.css rel=stylesheet>").is_err());
        assert!(check_relative("<script src=\"/x.js\"></script>").is_err());
    }
}
