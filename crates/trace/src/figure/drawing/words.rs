//! How much room text takes.

/// The approximate width of a text of 12 pixels in a rather wide font: the real width depends on the reader's fonts.
pub(super) fn width(text: &str) -> f64 {
    let em = |letter: char| match letter {
        'i' | 'j' | 'l' | 'I' | '.' | ',' | ':' | ';' | '\'' | '’' | '|' | '!' | '(' | ')' | '[' | ']' | ' ' | 't'
        | 'f' | 'r' => 0.4,
        'm' | 'w' | 'M' | 'W' | '@' | '%' => 0.97,
        'A'..='Z' => 0.7,
        '×' | '–' | '−' | '→' | '↑' | '↺' => 0.84,
        other if other < '\u{1100}' => 0.62,
        _ => 1.05,
    };
    text.chars().map(em).sum::<f64>() * 12.0
}

/// The text, or as much of its start as fits with an ellipsis.
pub(super) fn shortened(text: &str, room: f64) -> String {
    if width(text) <= room {
        return text.to_owned();
    }
    let mut short = String::new();
    for letter in text.chars() {
        if width(&short) + width("m…") > room {
            break;
        }
        short.push(letter);
    }
    short.truncate(short.trim_end().len());
    short.push('…');
    short
}

/// The text in lines that fit, broken between words if possible; at least one line.
pub(super) fn wrapped(text: &str, room: f64) -> Vec<String> {
    let mut lines = vec![String::new()];
    for mut word in text.split_whitespace() {
        while let Some(line) = lines.last_mut() {
            let longer = if line.is_empty() { word.to_owned() } else { format!("{line} {word}") };
            if width(&longer) <= room {
                *line = longer;
                break;
            }
            if line.is_empty() {
                let fits =
                    word.char_indices().skip(1).map(|(at, _)| at).take_while(|at| width(&word[..*at]) <= room).last();
                let first = word.chars().next().map_or(0, char::len_utf8);
                let (head, rest) = word.split_at(fits.unwrap_or(first));
                *line = head.to_owned();
                word = rest;
                if word.is_empty() {
                    break;
                }
            }
            lines.push(String::new());
        }
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn lines_break_between_words_or_within_long_ones() {
        assert_eq!(wrapped("the others do not see it", 80.0), ["the others", "do not see", "it"]);
        assert_eq!(wrapped("incomprehensible", 60.0), ["incompre", "hensible"]);
        assert_eq!(wrapped("", 60.0), [""]);
        assert_eq!(shortened("incomprehensible", 60.0), "incom…");
    }

    proptest! {
        #[test]
        fn nothing_is_lost_and_all_fits(text in "[a-zäM ]{0,60}", room in 14.0..200.0_f64) {
            let lines = wrapped(&text, room);
            prop_assert!(lines.iter().all(|line| width(line) <= room));
            prop_assert_eq!(lines.concat().replace(' ', ""), text.replace(' ', ""));
            prop_assert!(width(&shortened(&text, room)) <= room.max(width("m…")));
        }
    }
}
