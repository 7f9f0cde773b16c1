//! The lines of a text, and what has to be drawn again when it changes: in a long text, little.

use super::syntax::{Within, read};
use interleave_labs::control::Syntax;

/// The lines of a text.
pub struct Rows {
    syntax: Syntax,
    rows: Vec<Row>,
}

struct Row {
    text: String,
    begins: Within,
    /// Where there is a mistake, in characters from 1.
    wrong: Option<u32>,
}

/// The `new` rows from `from` on stand where there were `old` ones.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Change {
    /// The first of them, from 0.
    pub from: usize,
    /// How many there were.
    pub old: usize,
    /// How many there are.
    pub new: usize,
}

impl Rows {
    /// No rows: even an empty text has one.
    #[must_use]
    pub fn new(syntax: Syntax) -> Rows {
        Rows { syntax, rows: Vec::new() }
    }

    /// How many there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.rows.len()
    }

    /// Takes another text.
    pub fn set_text(&mut self, text: &str) -> Change {
        let new: Vec<&str> = text.split('\n').collect();
        let same = |(row, text): &(&Row, &&str)| row.text == **text;
        let from = self.rows.iter().zip(&new).take_while(same).count();
        let most = self.rows.len().min(new.len()) - from;
        let after = self.rows.iter().rev().zip(new.iter().rev()).take(most).take_while(same).count();
        let (old_end, end) = (self.rows.len() - after, new.len() - after);
        let mut begins = from.checked_sub(1).map_or(Within::Code, |last| self.rows[last].ends(self.syntax));
        let row = |text: &&str| Row { text: (*text).to_owned(), begins: Within::Code, wrong: None };
        self.rows.splice(from..old_end, new[from..end].iter().map(row));
        // Where a text in quotes opens or closes, what is below changes, too.
        let mut at = from;
        while let Some(row) = self.rows.get_mut(at)
            && (at < end || row.begins != begins)
        {
            row.begins = begins;
            begins = row.ends(self.syntax);
            at += 1;
        }
        let below = at - end;
        Change { from, old: old_end - from + below, new: end - from + below }
    }

    /// Marks mistakes by line and column, both from 1; the first of each line counts. Returns the rows that look otherwise now.
    pub fn set_marks(&mut self, marks: &[(u32, u32)]) -> Vec<usize> {
        let mut changed = Vec::new();
        for (at, row) in self.rows.iter_mut().enumerate() {
            let wrong = marks.iter().find(|(line, _)| *line as usize == at + 1).map(|(_, column)| *column);
            if std::mem::replace(&mut row.wrong, wrong) != wrong {
                changed.push(at);
            }
        }
        changed
    }

    /// A row as HTML.
    #[must_use]
    pub fn html(&self, at: usize) -> String {
        let Some(row) = self.rows.get(at) else { return String::new() };
        let (mut html, mut column, mut wrong) = (String::new(), 1, row.wrong);
        read(self.syntax, &row.text, row.begins, &mut |piece, look| {
            column += piece.chars().count() as u32;
            let here = wrong.take_if(|wrong| *wrong < column).is_some();
            let class = look.class();
            if here {
                html += "<u>";
            }
            if class.is_empty() {
                escape(piece, &mut html);
            } else {
                html.extend(["<span class=\"", class, "\">"]);
                escape(piece, &mut html);
                html += "</span>";
            }
            if here {
                html += "</u>";
            }
        });
        if wrong.is_some() {
            html += "<u> </u>";
        }
        html
    }
}

impl Row {
    fn ends(&self, syntax: Syntax) -> Within {
        read(syntax, &self.text, self.begins, &mut |_, _| {})
    }
}

fn escape(text: &str, html: &mut String) {
    for letter in text.chars() {
        match letter {
            '&' => html.push_str("&amp;"),
            '<' => html.push_str("&lt;"),
            letter => html.push(letter),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn all(rows: &Rows) -> Vec<String> {
        (0..rows.len()).map(|at| rows.html(at)).collect()
    }

    fn rows(text: &str) -> Rows {
        let mut rows = Rows::new(Syntax::Python);
        rows.set_text(text);
        rows
    }

    #[test]
    fn a_key_changes_a_line_and_a_quotation_mark_all_below_it() {
        let mut rows = rows("a\nb\nc\nd");
        let change = |from, old, new| Change { from, old, new };
        assert_eq!(rows.set_text("a\nbx\nc\nd"), change(1, 1, 1));
        assert_eq!(rows.set_text("a\nbx\n\nc\nd"), change(2, 0, 1));
        assert_eq!(rows.set_text("a\nc\nd"), change(1, 2, 0));
        assert_eq!(rows.set_text("a'''\nc\nd"), change(0, 3, 3));
        assert_eq!(rows.set_text("a'''\nc'''\nd"), change(1, 2, 2));
        assert_eq!(rows.set_text("a'''\nc'''\nd"), change(3, 0, 0));
        assert_eq!(rows.set_text(""), change(0, 3, 1));
    }

    #[test]
    fn a_mistake_is_underlined_where_it_is() {
        let mut rows = rows("if <&>:\nx\n");
        assert_eq!(rows.html(0), "<span class=\"keyword\">if</span> &lt;&amp;>:");
        assert_eq!(rows.set_marks(&[(1, 2), (3, 1), (3, 5), (9, 9)]), [0, 2]);
        assert_eq!(rows.html(0), "<u><span class=\"keyword\">if</span></u> &lt;&amp;>:");
        assert_eq!(rows.html(2), "<u> </u>");
        assert_eq!(rows.set_marks(&[(1, 4), (3, 1)]), [0]);
        assert_eq!(rows.html(0), "<span class=\"keyword\">if</span> <u>&lt;</u>&amp;>:");
        assert_eq!(rows.set_marks(&[]), [0, 2]);
    }

    proptest! {
        // What is drawn after some changes is what would be drawn at once.
        #[test]
        fn what_changes_is_told(texts in prop::collection::vec("([ab#'\\n]|''')*", 1..6)) {
            let mut rows = Rows::new(Syntax::Python);
            let mut drawn: Vec<String> = Vec::new();
            for text in &texts {
                let Change { from, old, new } = rows.set_text(text);
                drawn.splice(from..from + old, (from..from + new).map(|at| rows.html(at)));
                prop_assert_eq!(&drawn, &all(&self::rows(text)), "{:?}", texts);
            }
        }
    }
}
