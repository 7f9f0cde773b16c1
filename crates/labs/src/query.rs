//! The URL's query string: pairs, flags, and which lab is asked for.

use crate::Notice;
use crate::control::{Control, Kind};
use crate::sheet::Sheet;
use crate::values::Values;

/// Longer queries are cut here, in bytes; no set of arguments needs as much, texts aside.
const LONGEST: usize = 8192;
/// Unknown or repeated names beyond this many are counted, not named.
pub(crate) const NAMED: usize = 4;

/// Everything a URL asks for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Request {
    /// The lab's arguments.
    pub values: Values,
    /// How the page behaves and looks.
    pub flags: Flags,
}

/// How the page behaves and looks.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Flags {
    /// Runs at once and skips the prediction.
    pub autorun: bool,
    /// Hides the site's own chrome.
    pub embed: bool,
    /// Light, dark, or as the system is set.
    pub theme: Theme,
    /// The [`LOOKS`] that were given, for a URL, each after a `&`. `static/boot.js` uses them, and says which cannot be used.
    pub looks: String,
}

/// The arguments by which the page takes up another page's colours and font.
pub const LOOKS: [&str; 4] = ["accent", "ground", "text", "font"];

/// The page's colours.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Theme {
    /// As the system is set.
    #[default]
    Auto,
    /// Dark on light.
    Light,
    /// Light on dark.
    Dark,
}

impl Theme {
    /// Every theme, in the order in which the button switches.
    pub const ALL: [Theme; 3] = [Theme::Auto, Theme::Light, Theme::Dark];

    /// The theme's name in the URL.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Theme::Auto => "auto",
            Theme::Light => "light",
            Theme::Dark => "dark",
        }
    }
}

/// The lab that a query asks for, or the first one if it names none or an unknown one.
#[must_use]
pub fn lab<'a>(query: &str, labs: &[&'a str]) -> Option<&'a str> {
    let asked = take(&mut pairs(cut(query, &|_| false, &mut Vec::new())).0, "lab");
    labs.iter().copied().find(|lab| asked.as_deref() == Some(lab)).or(labs.first().copied())
}

impl Request {
    /// Reads a query string, with or without its `?`, for the lab of `sheet`. What cannot be used is corrected and
    /// named in a notice; so is a lab that is not in `labs`.
    #[must_use]
    pub fn from_query(query: &str, sheet: &Sheet, labs: &[&str]) -> (Request, Vec<Notice>) {
        let mut notices = Vec::new();
        let is_text = |name: &str| matches!(sheet.control(name), Some(Control { kind: Kind::Text { .. }, .. }));
        let (mut pairs, repeated) = pairs(cut(query, &is_text, &mut notices));
        notices.extend(repeated);
        let flags = Flags::take(&mut pairs, &mut notices);
        if let Some(asked) = take(&mut pairs, "lab")
            && !labs.contains(&asked.as_str())
        {
            let text = format!(
                "There is no lab called “{}”; {} is used. The labs are: {}.",
                shown(&asked),
                sheet.slug,
                labs.join(", ")
            );
            notices.push(Notice { argument: "lab".into(), text });
        }
        let values = Values::take(&sheet.controls, &mut pairs, &mut notices);
        unknown(&pairs, &mut notices);
        (Request { values, flags }, notices)
    }
}

impl Flags {
    fn take(pairs: &mut Pairs, notices: &mut Vec<Notice>) -> Flags {
        let mut switch = |pairs: &mut Pairs, name: &'static str| match take(pairs, name).as_deref() {
            None | Some("0" | "false") => false,
            Some("" | "1" | "true") => true,
            Some(other) => {
                notices.push(Notice::corrected(name, other, "is neither 1 nor 0", "1"));
                true
            }
        };
        let (autorun, embed) = (switch(pairs, "autorun"), switch(pairs, "embed"));
        let theme = take(pairs, "theme").map_or(Theme::Auto, |name| {
            Theme::ALL.into_iter().find(|theme| theme.name() == name).unwrap_or_else(|| {
                notices.push(Notice::corrected("theme", &name, "is none of auto, light and dark", "auto"));
                Theme::Auto
            })
        });
        let mut looks = String::new();
        for name in LOOKS {
            if let Some(value) = take(pairs, name) {
                looks.extend(["&", name, "="]);
                looks.extend(form_urlencoded::byte_serialize(value.as_bytes()));
            }
        }
        Flags { autorun, embed, theme, looks }
    }

    /// The flags for a URL, each after a `&`; flags that are off are left out.
    #[must_use]
    pub fn to_query(&self) -> String {
        let mut query = String::new();
        for (on, text) in [(self.autorun, "&autorun"), (self.embed, "&embed")] {
            if on {
                query += text;
            }
        }
        if self.theme != Theme::Auto {
            query += "&theme=";
            query += self.theme.name();
        }
        query + &self.looks
    }
}

/// Arguments not yet taken, each name once.
pub(crate) type Pairs = Vec<(String, String)>;

/// The part of a URL's query that is read, without its `?`. Texts, of which `is_text` knows the names, have a limit of their own.
fn cut<'a>(query: &'a str, is_text: &dyn Fn(&str) -> bool, notices: &mut Vec<Notice>) -> &'a str {
    let query = query.strip_prefix('?').unwrap_or(query);
    let (mut end, mut length) = (0, 0);
    for pair in query.split('&') {
        let name = pair.split('=').next().unwrap_or("");
        length += if is_text(name) { name.len() } else { pair.len() };
        // Half an argument is not an argument.
        if length > LONGEST {
            let name = shown(name);
            let text = format!(
                "The address is longer than {LONGEST} characters: “{name}” and everything after it are ignored."
            );
            notices.push(Notice { argument: "address".into(), text });
            return query[..end].strip_suffix('&').unwrap_or("");
        }
        end += pair.len() + 1;
        length += 1;
    }
    query
}

/// A query's pairs; if a name appears twice, the last one counts.
pub(crate) fn pairs(query: &str) -> (Pairs, Vec<Notice>) {
    let mut notices = Vec::new();
    let mut pairs: Pairs = Vec::new();
    let mut repeated: Vec<usize> = Vec::new();
    for (name, value) in form_urlencoded::parse(query.as_bytes()) {
        match pairs.iter().position(|(known, _)| *known == name) {
            Some(at) => {
                pairs[at].1 = value.into_owned();
                if !repeated.contains(&at) {
                    repeated.push(at);
                }
            }
            None => pairs.push((name.into_owned(), value.into_owned())),
        }
    }
    for &at in repeated.iter().take(NAMED) {
        let (name, value) = (shown(&pairs[at].0), shown(&pairs[at].1));
        let text = format!("{name} is given more than once; the last value, “{value}”, is used.");
        notices.push(Notice { argument: name, text });
    }
    notices.extend(more(
        repeated.len(),
        "address",
        "arguments are given more than once; the last value of each is used.",
    ));
    (pairs, notices)
}

/// A notice for those of `count` that were not named one by one, if any.
pub(crate) fn more(count: usize, argument: &str, what: &str) -> Option<Notice> {
    let more = count.checked_sub(NAMED).filter(|more| *more > 0)?;
    Some(Notice { argument: argument.to_owned(), text: format!("{more} more {what}") })
}

/// Takes the argument called `name` out of `pairs`.
pub(crate) fn take(pairs: &mut Pairs, name: &str) -> Option<String> {
    let at = pairs.iter().position(|(known, _)| known == name)?;
    Some(pairs.swap_remove(at).1)
}

/// A value for a notice, shortened.
pub(crate) fn shown(value: &str) -> String {
    const MOST: usize = 40;
    if value.chars().nth(MOST).is_none() {
        return value.to_owned();
    }
    value.chars().take(MOST).chain(['…']).collect()
}

/// Names the arguments that nobody took. `coi` is the page's own mark that it has reloaded itself.
fn unknown(pairs: &Pairs, notices: &mut Vec<Notice>) {
    let mut names: Vec<_> =
        pairs.iter().map(|(name, _)| name.as_str()).filter(|name| !matches!(*name, "coi" | "")).collect();
    names.sort_unstable();
    for name in names.iter().take(NAMED) {
        let text = format!("There is no argument called “{}”; it is ignored.", shown(name));
        notices.push(Notice { argument: shown(name), text });
    }
    notices.extend(more(names.len(), "address", "unknown arguments are ignored."));
}

/// A decimal number such as `-2.5` or `1e3`; `None` if it is something else.
///
/// The standard library's parser is exact to the last bit, for which it has ten kilobytes of tables: too much for a
/// page that rounds to a whole number.
pub(crate) fn number(text: &str) -> Option<f64> {
    let (mantissa, exponent) = match text.split_once(['e', 'E']) {
        Some((mantissa, exponent)) => (mantissa, exponent.parse::<i32>().ok()?),
        None => (text, 0),
    };
    let unsigned = mantissa.strip_prefix(['-', '+']).unwrap_or(mantissa);
    let (whole, fraction) = unsigned.split_once('.').unwrap_or((unsigned, ""));
    if whole.is_empty() && fraction.is_empty() {
        return None;
    }
    let mut value = 0.0;
    for digit in whole.chars().chain(fraction.chars()) {
        value = value * 10.0 + f64::from(digit.to_digit(10)?);
    }
    let power = exponent.saturating_sub(i32::try_from(fraction.len()).ok()?);
    // Beyond this, numbers are infinite or 0.
    for _ in 0..power.unsigned_abs().min(700) {
        value = if power > 0 { value * 10.0 } else { value / 10.0 };
    }
    Some(if mantissa.starts_with('-') { -value } else { value })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::LABS;
    use proptest::prelude::*;

    fn asked(query: &str) -> (Request, Vec<Notice>) {
        Request::from_query(query, &LABS[0].sheet(), &[LABS[0].slug, "other"])
    }

    fn notices(query: &str) -> Vec<String> {
        asked(query).1.into_iter().map(|notice| notice.text).collect()
    }

    #[test]
    fn an_unknown_lab_is_named() {
        assert_eq!(
            notices("lab=nonsense"),
            ["There is no lab called “nonsense”; compare is used. The labs are: compare, other."]
        );
        assert!(notices("lab=compare").is_empty());
        let labs = ["compare", "other"];
        assert_eq!(
            ["", "lab=other&x", "lab=nonsense"].map(|query| lab(query, &labs).unwrap()),
            ["compare", "other", "compare"]
        );
    }

    #[test]
    fn an_unknown_argument_is_named() {
        assert_eq!(notices("?foo=1&tasks=2&coi=1"), ["There is no argument called “foo”; it is ignored."]);
        assert_eq!(notices("a&b&c&d&e&f").last().unwrap(), "2 more unknown arguments are ignored.");
    }

    #[test]
    fn flags_that_are_neither_on_nor_off_are_named() {
        let (request, notices) = asked("embed=maybe");
        assert!(request.flags.embed);
        assert_eq!(notices[0].text, "embed=maybe is neither 1 nor 0; 1 is used.");
        assert!(!asked("autorun=false").0.flags.autorun);
    }

    #[test]
    fn flags_are_read_and_written() {
        let (request, notices) = asked("font=Gill+Sans,+serif&autorun&embed=1&theme=dark&accent=%23a0c");
        assert_eq!(notices, []);
        let looks = "&accent=%23a0c&font=Gill+Sans%2C+serif";
        assert_eq!(request.flags, Flags { autorun: true, embed: true, theme: Theme::Dark, looks: looks.to_owned() });
        assert_eq!(request.flags.to_query(), "&autorun&embed&theme=dark".to_owned() + looks);
        assert_eq!(asked("autorun=0&theme=pink").1.len(), 1);
        assert_eq!(Flags::default().to_query(), "");
    }

    #[test]
    fn a_repeated_argument_is_named_and_the_last_one_counts() {
        let (request, notices) = asked("tasks=3&tasks=5");
        assert_eq!(request.values.number("tasks"), 5);
        assert_eq!(notices.len(), 1);
        assert_eq!(notices[0].text, "tasks is given more than once; the last value, “5”, is used.");
    }

    #[test]
    fn a_notice_shows_little_of_a_long_value() {
        let long = "x".repeat(3000);
        let text = format!("sleep={}… is not a number; 200 is used.", "x".repeat(40));
        assert_eq!(notices(&format!("sleep={long}")), [text]);
        for query in [format!("lab={long}"), format!("modes={long}"), format!("plan={long}"), long] {
            let (_, notices) = asked(&query);
            assert!(!notices.is_empty());
            assert!(notices.iter().all(|notice| notice.text.len() < 250 && notice.argument.len() < 50), "{notices:?}");
        }
    }

    #[test]
    fn the_same_mistake_many_times_is_not_said_many_times() {
        assert_eq!(notices(&"tasks=3&".repeat(900)).len(), 1);
        let twice: String = (0..20).map(|n| format!("x{n}=1&x{n}=2&")).collect();
        assert_eq!(notices(&twice).len(), 2 * (NAMED + 1));
        let modes: Vec<_> = (0..900).map(|n| format!("m{n}")).collect();
        let texts = notices(&format!("modes=pool,{}", modes.join(",")));
        assert_eq!(texts.len(), NAMED + 1);
        assert_eq!(texts[NAMED], "896 more that do not exist are left out.");
    }

    #[test]
    fn twenty_kilobytes_are_survived_and_said() {
        let long = format!("tasks=3&plan={}", "s1+".repeat(7000));
        let (request, notices) = asked(&long);
        assert_eq!(request.values.number("tasks"), 3);
        let text = "The address is longer than 8192 characters: “plan” and everything after it are ignored.";
        assert_eq!(notices.iter().map(|notice| notice.text.as_str()).collect::<Vec<_>>(), [text]);
        let (_, notices) = asked(&format!("x={}", "ü".repeat(6000)));
        assert!(notices.iter().all(|notice| notice.text.len() < 200), "{notices:?}");
    }

    #[test]
    fn what_is_no_number_is_none() {
        for text in ["", "-", ".", "e3", "1e", "1x", "--1", "1.2.3", "NaN", "inf", "٣"] {
            assert_eq!(number(text), None, "{text}");
        }
        assert_eq!(
            ["007", "+1e2", "2.5", "-.5", "1e999"].map(number),
            [7.0, 100.0, 2.5, -0.5, f64::INFINITY].map(Some)
        );
    }

    proptest! {
        #[test]
        fn numbers_are_nearly_those_of_the_standard_library(text in "[-+]?[0-9]{1,12}(\\.[0-9]{1,9})?(e-?[0-9]{1,2})?") {
            let (ours, exact) = (number(&text).unwrap(), text.parse::<f64>().unwrap());
            prop_assert!((ours - exact).abs() <= exact.abs() * 1e-12, "{text}: {ours}");
        }
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(64))]

        // 30 kB, of what an address holds and of anything else.
        #[test]
        fn no_query_is_too_long_or_too_strange(
            piece in "[?&]?(tasks|sleep|cpu|jitter|pool|quantum|modes|plan|seed|lab|theme|font|autorun|\\PC{0,9})(=[-0-9a-zA-Z.,*+%&=]{0,30}|=\\PC{0,30})?",
            other in "&[a-z]{1,7}=?[-sc0-9*+.%]{0,30}",
            long in 0_usize..30_000,
        ) {
            let times = 1 + long / (piece.len() + other.len());
            let (request, notices) = asked(&(piece + &other).repeat(times));
            for control in LABS[0].sheet().controls {
                prop_assert!(control.accepts(request.values.get(&control.name).unwrap()), "{}", control.name);
            }
            prop_assert!(notices.len() < 40, "{:?}", notices.len());
            for notice in &notices {
                prop_assert!(notice.text.chars().count() < 250, "{}", notice.text);
            }
            let again = asked(&(request.values.to_query("compare") + &request.flags.to_query()));
            prop_assert_eq!(again, (request, vec![]));
        }
    }
}
