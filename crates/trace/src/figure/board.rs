//! Something to act on: panes of lines, what there is to say of them, and buttons that take it a step on.

use crate::export::escaped;
use serde::{Deserialize, Serialize};

/// A board. What a press of its buttons does, its lab says: it gives the board as it is then.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Board {
    /// What there is to say now, most important first.
    pub sentences: Vec<BoardCell>,
    /// What there is to see, from left to right, and from top to bottom where some share a column.
    pub panes: Vec<Pane>,
    /// What can be pressed.
    pub buttons: Vec<Button>,
}

/// A part of a board.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pane {
    /// Its heading.
    pub title: String,
    /// Its column, counted from the left; the first is the widest. Panes of one column follow each other.
    pub column: u8,
    /// Its lines.
    pub lines: Vec<BoardLine>,
}

/// A line of a pane.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct BoardLine {
    /// How the whole of it is marked.
    pub mark: Mark,
    /// From left to right.
    pub cells: Vec<BoardCell>,
}

/// A text on a board.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct BoardCell {
    /// The text.
    pub text: String,
    /// How it is marked.
    pub mark: Mark,
}

/// A button.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Button {
    /// What is on it.
    pub label: String,
    /// What it presses.
    pub press: String,
    /// The key that does the same, as a browser calls it; empty for none.
    pub key: String,
    /// Whether it does anything now.
    pub on: bool,
    /// Not 0 if it goes on pressing by itself, until it is pressed again or off: every so many milliseconds.
    pub every_ms: u32,
}

/// A board ready to be shown. In both texts, which are HTML, all that is not ours is escaped; classes are the names of marks.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct WrittenBoard {
    /// What there is to say now: one element.
    pub said: String,
    /// The panes: one element.
    pub panes: String,
    /// What can be pressed.
    pub buttons: Vec<Button>,
}

/// Marks of a line or a text: any number of them.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Mark(u16);

impl Mark {
    /// No mark.
    pub const NONE: Mark = Mark(0);
    /// Where things are now: the next instruction, the top of a stack.
    pub const CURRENT: Mark = Mark(1);
    /// The last step has changed it.
    pub const CHANGED: Mark = Mark(1 << 1);
    /// The last step has read it.
    pub const READ: Mark = Mark(1 << 2);
    /// A sentence speaks of it.
    pub const LIT: Mark = Mark(1 << 3);
    /// The last step has copied it here, to be kept.
    pub const SAVED: Mark = Mark(1 << 4);
    /// The last step has copied it back from where it was kept.
    pub const RESTORED: Mark = Mark(1 << 5);
    /// It was copied back from here.
    pub const GIVEN: Mark = Mark(1 << 6);
    /// Of little weight: an old value, a note.
    pub const QUIET: Mark = Mark(1 << 7);
    /// A heading within a pane.
    pub const HEAD: Mark = Mark(1 << 8);
    /// Something is wrong.
    pub const BAD: Mark = Mark(1 << 9);
    /// Something is reached.
    pub const GOOD: Mark = Mark(1 << 10);

    /// Their names, in order: for programs, and for those who cannot see them.
    const NAMES: [&str; 11] =
        ["current", "changed", "read", "lit", "saved", "restored", "given", "quiet", "head", "bad", "good"];

    /// These marks and those.
    #[must_use]
    pub const fn and(self, other: Mark) -> Mark {
        Mark(self.0 | other.0)
    }

    /// These marks if so, or none.
    #[must_use]
    pub fn when(self, so: bool) -> Mark {
        if so { self } else { Mark::NONE }
    }

    /// Whether all of these marks are there.
    #[must_use]
    pub const fn has(self, other: Mark) -> bool {
        self.0 & other.0 == other.0
    }

    /// The names of the marks that are there, with a space between them.
    #[must_use]
    pub fn names(self) -> String {
        let mut names = String::new();
        for (place, name) in Mark::NAMES.iter().enumerate() {
            if self.0 & (1 << place) != 0 {
                if !names.is_empty() {
                    names.push(' ');
                }
                names += name;
            }
        }
        names
    }

    /// The names of those that a reader is told where nothing can be seen.
    pub(super) fn told(self) -> String {
        Mark(self.0 & !Mark::QUIET.and(Mark::HEAD).0).names()
    }
}

impl BoardCell {
    /// A text without marks.
    #[must_use]
    pub fn new(text: impl Into<String>) -> BoardCell {
        BoardCell::marked(text, Mark::NONE)
    }

    /// A text with marks.
    #[must_use]
    pub fn marked(text: impl Into<String>, mark: Mark) -> BoardCell {
        BoardCell { text: text.into(), mark }
    }
}

impl Board {
    /// The board to be shown.
    pub(super) fn written(&self) -> WrittenBoard {
        WrittenBoard { said: self.said(), panes: self.columns(), buttons: self.buttons.clone() }
    }

    fn said(&self) -> String {
        let mut html = "<div>".to_owned();
        for sentence in &self.sentences {
            open(&mut html, "p", sentence.mark);
            html += &escaped(&sentence.text);
            html += "</p>";
        }
        html + "</div>"
    }

    fn columns(&self) -> String {
        let mut html = "<div class=\"columns\">".to_owned();
        for (place, pane) in self.panes.iter().enumerate() {
            if place == 0 || self.panes[place - 1].column != pane.column {
                html += if place == 0 { "<div>" } else { "</div><div>" };
            }
            html += "<table><caption>";
            html += &escaped(&pane.title);
            html += "</caption><tbody>";
            for line in &pane.lines {
                open(&mut html, "tr", line.mark);
                for cell in &line.cells {
                    open(&mut html, "td", cell.mark);
                    html += &escaped(&cell.text);
                    html += "</td>";
                }
                html += "</tr>";
            }
            html += "</tbody></table>";
        }
        if !self.panes.is_empty() {
            html += "</div>";
        }
        html + "</div>"
    }
}

fn open(html: &mut String, name: &str, mark: Mark) {
    *html += "<";
    *html += name;
    if mark != Mark::NONE {
        *html += " class=\"";
        *html += &mark.names();
        *html += "\"";
    }
    *html += ">";
}

impl BoardLine {
    /// A line without marks of its own.
    #[must_use]
    pub fn new(cells: Vec<BoardCell>) -> BoardLine {
        BoardLine { mark: Mark::NONE, cells }
    }

    /// What its marks and those of its texts tell.
    pub(super) fn told(&self) -> String {
        let of_cells = self.cells.iter().fold(self.mark, |all, cell| all.and(cell.mark));
        of_cells.told()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn panes_of_one_column_stand_together_and_all_text_is_escaped() {
        let pane = |column, text: &str| Pane {
            title: "<b>".to_owned(),
            column,
            lines: vec![BoardLine {
                mark: Mark::CURRENT,
                cells: vec![BoardCell::marked(text, Mark::LIT.and(Mark::READ))],
            }],
        };
        let board = Board { panes: vec![pane(0, "a"), pane(1, "\"&"), pane(1, "c")], ..Board::default() };
        let table = |text: &str| {
            format!(
                "<table><caption>&lt;b&gt;</caption><tbody><tr class=\"current\"><td class=\"read lit\">{text}</td></tr></tbody></table>"
            )
        };
        let [a, b, c] = ["a", "\"&amp;", "c"].map(table);
        assert_eq!(board.written().panes, format!("<div class=\"columns\"><div>{a}</div><div>{b}{c}</div></div>"));
        assert_eq!(Board::default().written().panes, "<div class=\"columns\"></div>");
    }

    #[test]
    fn marks_are_kept_apart() {
        let marks = Mark::CHANGED.and(Mark::HEAD);
        assert_eq!((marks.names().as_str(), marks.told().as_str()), ("changed head", "changed"));
        assert!(marks.has(Mark::HEAD) && !marks.has(Mark::HEAD.and(Mark::BAD)));
        assert_eq!((Mark::GOOD.when(false), Mark::GOOD.names().as_str()), (Mark::NONE, "good"));
    }
}
