//! What stands around a lab on its page and never changes: the bar of all labs, the way to the next one, the map of the course, and the
//! lesson. It is text, so the build writes it as HTML: the page has it at its first paint, and no module carries it.
//!
//! The page is one for all labs. Here the first one is marked as the current one; `static/boot.js` marks another where the address asks
//! for it, and puts in the lesson, which comes with the lab's sheet.

use interleave_labs::{Sheet, Step};

use super::labs::{Card, Lab};

/// The labs in the bar at the top: name and question of each, in the order of the course.
pub(super) fn bar(labs: &[Lab]) -> String {
    let entry = |(place, lab): (usize, &Lab)| {
        let (name, question) = (escaped(&lab.sheet.name), escaped(&lab.sheet.question));
        format!(
            "<li><a href=\"?lab={}\" title=\"{question}\"{}>{name} <span>{question}</span></a></li>",
            lab.slug,
            current(place)
        )
    };
    labs.iter().enumerate().map(entry).collect()
}

/// The ways to the labs before and after the first one, before which there is none.
pub(super) fn turns(labs: &[Lab]) -> String {
    let way = |direction: &str, word: &str, lab: Option<&Lab>| {
        let hidden = if lab.is_some() { "" } else { " hidden" };
        let (slug, question) = lab.map_or(("", String::new()), |lab| (lab.slug, escaped(&lab.sheet.question)));
        format!(
            "<a rel=\"{direction}\" href=\"?lab={slug}\"{hidden}><span>{word}</span> <strong>{question}</strong></a>"
        )
    };
    way("prev", "Previous", None) + &way("next", "Next", labs.get(1))
}

/// The map of the course: a card for each lab, with a picture of what it measured where there is one.
pub(super) fn map(labs: &[Lab]) -> String {
    let picture = |colours: &str, file: &str| {
        let [width, height] = Card::SIZE;
        format!(
            "<img class=\"{colours}\" src=\"{file}\" width=\"{width}\" height=\"{height}\" loading=\"lazy\" alt=\"\">"
        )
    };
    let entry = |(place, lab): (usize, &Lab)| {
        // One of them is shown.
        let pictures = lab.card.as_ref().map(|card| picture("light", &card.light) + &picture("dark", &card.dark));
        format!(
            "<li><a href=\"?lab={}\"{}>{}<strong>{}</strong><span>{}</span></a></li>",
            lab.slug,
            current(place),
            pictures.unwrap_or_default(),
            escaped(&lab.sheet.question),
            escaped(&lab.sheet.lead)
        )
    };
    labs.iter().enumerate().map(entry).collect()
}

/// What there is to read beside a lab's figures: its steps, each with a button that has the settings to try, and what can be set.
pub(super) fn lesson(sheet: &Sheet, steps: &[Step]) -> String {
    let mut html = "<h2>Step by step</h2><ol>".to_owned();
    for step in steps {
        html += &format!("<li><h3>{}</h3>", escaped(step.heading));
        html.extend(step.paragraphs.iter().map(|text| format!("<p>{}</p>", escaped(text))));
        let (query, label) = (escaped(step.attempt.query), escaped(step.attempt.label));
        html += &format!("<button type=\"button\" data-query=\"{query}\">{label}</button></li>");
    }
    html += "</ol><details><summary>What the settings mean</summary><dl>";
    for control in &sheet.controls {
        html += &meaning(&control.label, &control.help);
        html.extend(control.options().iter().map(|option| meaning(&option.short, &option.help)));
    }
    html + "</dl></details>"
}

fn meaning(what: &str, help: &str) -> String {
    format!("<dt>{}</dt><dd>{}</dd>", escaped(what), escaped(help))
}

/// The mark of the lab that the page shows.
fn current(place: usize) -> &'static str {
    if place == 0 { " aria-current=\"page\"" } else { "" }
}

/// A text within HTML, also between quotes.
pub(super) fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('"', "&quot;")
}

#[cfg(test)]
mod tests {
    use interleave_labs::{Attempt, LABS};

    use super::*;
    use crate::build::{index::check_relative, labs::tests::bare};

    fn labs() -> Vec<Lab> {
        LABS.iter().map(|lab| bare(lab.slug, lab.sheet())).collect()
    }

    /// What stands between `start` and the next `end`, each time.
    fn all<'a>(html: &'a str, start: &str, end: char) -> Vec<&'a str> {
        html.split(start).skip(1).map(|rest| rest.split(end).next().unwrap()).collect()
    }

    #[test]
    fn bar_and_map_lead_to_every_lab_once_and_in_order() {
        let expected: Vec<_> = LABS.iter().map(|lab| lab.slug).collect();
        for html in [bar(&labs()), map(&labs())] {
            assert_eq!(all(&html, "href=\"?lab=", '"'), expected, "{html}");
            assert_eq!(html.matches("aria-current").count(), 1, "{html}");
            assert!(html.find("aria-current").unwrap() < html.find("</a>").unwrap(), "the first one: {html}");
            check_relative(&html).unwrap();
            for lab in labs() {
                assert!(html.contains(&escaped(&lab.sheet.question)), "{}", lab.slug);
            }
        }
    }

    #[test]
    fn the_way_back_from_the_first_lab_is_hidden() {
        let both = turns(&labs());
        assert_eq!(
            all(&both, "<a rel=\"", '>'),
            ["prev\" href=\"?lab=\" hidden", &format!("next\" href=\"?lab={}\"", LABS[1].slug)]
        );
        // Of a course of one lab, the way on as well.
        assert_eq!(turns(&labs()[..1]).matches(" hidden").count(), 2);
    }

    #[test]
    fn a_card_has_a_picture_in_each_colour_that_waits_and_has_its_room() {
        let mut one = labs().remove(0);
        assert!(!map(std::slice::from_ref(&one)).contains("<img"), "no picture, no empty frame");
        one.card = Some(Card { light: "light-01.webp".to_owned(), dark: "dark-01.webp".to_owned() });
        let html = map(&[one]);
        assert_eq!(all(&html, "src=\"", '"'), ["light-01.webp", "dark-01.webp"]);
        assert_eq!(html.matches(" width=\"480\" height=\"300\" loading=\"lazy\" alt=\"\">").count(), 2, "{html}");
    }

    #[test]
    fn a_lesson_has_a_button_for_each_step_and_every_setting() {
        for lab in LABS {
            let sheet = lab.sheet();
            let html = lesson(&sheet, lab.lesson);
            let queries: Vec<_> = lab.lesson.iter().map(|step| escaped(step.attempt.query)).collect();
            assert_eq!(all(&html, "data-query=\"", '"'), queries, "{}", lab.slug);
            for control in &sheet.controls {
                assert!(
                    html.contains(&format!("<dt>{}</dt>", escaped(&control.label))),
                    "{} {}",
                    lab.slug,
                    control.name
                );
            }
        }
    }

    #[test]
    fn words_cannot_become_tags() {
        let mut sheet = LABS[0].sheet();
        (sheet.name, sheet.question, sheet.lead) = ("<b>".to_owned(), "\"><i>".to_owned(), "a & b".to_owned());
        let attempt = Attempt { label: "<u>", query: "a=\"&b" };
        let step = Step { heading: "<h1>", paragraphs: &["<script>"], attempt };
        let html = lesson(&sheet, &[step]) + &bar(&[bare("a", sheet.clone())]) + &map(&[bare("a", sheet)]);
        for tag in ["<b>", "<i>", "<u>", "<h1>", "<script>"] {
            assert!(!html.contains(tag), "{tag}: {html}");
        }
        assert!(html.contains("a &amp; b") && html.contains("data-query=\"a=&quot;&amp;b\""), "{html}");
    }
}
