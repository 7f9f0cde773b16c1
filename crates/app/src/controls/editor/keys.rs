//! What Tab and Enter do in a text that is indented.

use interleave_labs::control::Syntax;

/// A step of the indentation.
const STEP: &str = "    ";

/// What is typed for a key: `text` in place of what is between `from` and `to`, in bytes; then what is between `selected` is selected.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Edit {
    /// Where it begins.
    pub from: usize,
    /// Where it ends.
    pub to: usize,
    /// What is there then.
    pub text: String,
    /// Beginning and end of the selection then.
    pub selected: (usize, usize),
}

/// Tab: to the next step, or all selected lines a step to the right.
#[must_use]
pub fn indent(text: &str, from: usize, to: usize) -> Edit {
    let line = line_of(text, from);
    if !text[from..to].contains('\n') {
        let column = text[line..from].chars().count();
        let blanks = STEP[column % STEP.len()..].to_owned();
        let end = from + blanks.len();
        return Edit { from, to, text: blanks, selected: (end, end) };
    }
    lines(text, line, to, |line| if line.is_empty() { String::new() } else { STEP.to_owned() + line })
}

/// Shift and Tab: the line, or all selected ones, a step to the left; nothing if they begin at the margin.
#[must_use]
pub fn outdent(text: &str, from: usize, to: usize) -> Option<Edit> {
    let start = line_of(text, from);
    let nearer = |line: &str| {
        let blanks = line.bytes().take(STEP.len()).take_while(|letter| *letter == b' ').count();
        line[if line.starts_with('\t') { 1 } else { blanks }..].to_owned()
    };
    let mut edit = lines(text, start, to, nearer);
    let less = text[edit.from..edit.to].len() - edit.text.len();
    if !text[from..to].contains('\n') {
        // The caret stays where it is in the line.
        let back = |at: usize| at.saturating_sub(less).max(start);
        edit.selected = (back(from), back(to));
    }
    (less > 0).then_some(edit)
}

/// Enter: a line that is indented as the one above, a step more where that opens a block; nothing if it is not indented.
#[must_use]
pub fn newline(syntax: Syntax, text: &str, from: usize, to: usize) -> Option<Edit> {
    let line = &text[line_of(text, from)..from];
    let blanks = &line[..line.len() - line.trim_start_matches([' ', '\t']).len()];
    let opens = syntax == Syntax::Python && line.trim_end().ends_with(':');
    let text = "\n".to_owned() + blanks + if opens { STEP } else { "" };
    let end = from + text.len();
    (text.len() > 1).then_some(Edit { from, to, text, selected: (end, end) })
}

/// Where the line begins that `at` is in.
fn line_of(text: &str, at: usize) -> usize {
    text[..at].rfind('\n').map_or(0, |end| end + 1)
}

/// Changes the lines from `from` on, up to the one that `to` is in; not that one where `to` is its beginning.
fn lines(text: &str, from: usize, to: usize, change: impl Fn(&str) -> String) -> Edit {
    let last = if to > from && text[..to].ends_with('\n') { to - 1 } else { to };
    let to = text[last..].find('\n').map_or(text.len(), |end| last + end);
    let lines: Vec<String> = text[from..to].split('\n').map(change).collect();
    let text = lines.join("\n");
    let end = from + text.len();
    Edit { from, to, text, selected: (from, end) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// A text in which `[` and `]` stand around what is selected.
    fn parts(text: &str) -> (String, usize, usize) {
        let from = text.find('[').unwrap();
        let to = text.find(']').unwrap() - 1;
        (text.replace(['[', ']'], ""), from, to)
    }

    fn typed(text: &str, key: impl Fn(&str, usize, usize) -> Option<Edit>) -> String {
        let (mut text, from, to) = parts(text);
        let Some(edit) = key(&text, from, to) else { return "as it was".to_owned() };
        text.replace_range(edit.from..edit.to, &edit.text);
        text.insert(edit.selected.1, ']');
        text.insert(edit.selected.0, '[');
        text
    }

    #[test]
    fn tab_goes_to_the_next_step_or_moves_the_selected_lines() {
        let tab = |text| typed(text, |text, from, to| Some(indent(text, from, to)));
        assert_eq!(tab("ab[]c"), "ab  []c");
        assert_eq!(tab("größe=\n    [x]y"), "größe=\n        []y");
        assert_eq!(tab("a\nb[b\n\nc]c\nd"), "a\n[    bb\n\n    cc]\nd");
        assert_eq!(tab("[a\n]b"), "[    a]\nb");
    }

    #[test]
    fn shift_and_tab_takes_a_step_back() {
        let back = |text| typed(text, outdent);
        assert_eq!(back("      a[b]c"), "  a[b]c");
        assert_eq!(back("x\n  [] a"), "x\n[]a");
        assert_eq!(back("\ta[]"), "a[]");
        assert_eq!(back("a\n    []"), "a\n[]");
        assert_eq!(back("  a[\n     b\n]"), "[a\n b]\n");
        assert_eq!(back("a[]"), "as it was");
    }

    #[test]
    fn enter_keeps_the_indentation_and_a_block_has_one_more() {
        let enter = |text| typed(text, |text, from, to| newline(Syntax::Python, text, from, to));
        assert_eq!(enter("  a[b]c"), "  a\n  []c");
        assert_eq!(enter("if a: []"), "if a: \n    []");
        assert_eq!(enter("  [] a:"), "  \n  [] a:");
        assert_eq!(enter("a[]"), "as it was");
        let (text, from, to) = parts("a:[]");
        assert_eq!(newline(Syntax::Assembly, &text, from, to), None);
    }

    proptest! {
        #[test]
        fn no_key_leaves_the_text(text in "[ \tab:ü\n]{0,30}", one in 0..31_usize, other in 0..31_usize) {
            let at = |place: usize| text.char_indices().map(|(at, _)| at).nth(place).unwrap_or(text.len());
            let (from, to) = (at(one.min(other)), at(one.max(other)));
            let edits = [Some(indent(&text, from, to)), outdent(&text, from, to), newline(Syntax::Python, &text, from, to)];
            for edit in edits.into_iter().flatten() {
                let mut after = text.clone();
                after.replace_range(edit.from..edit.to, &edit.text);
                prop_assert!(after.is_char_boundary(edit.selected.0) && after.is_char_boundary(edit.selected.1), "{:?}", edit);
                prop_assert!(edit.selected.0 <= edit.selected.1 && edit.from <= edit.to);
            }
        }
    }
}
