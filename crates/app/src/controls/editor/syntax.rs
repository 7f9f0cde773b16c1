//! What the pieces of a line of code are, as far as colours tell them apart. A line is read by itself, with what the line before left open:
//! so an editor reads again only the lines that changed. What is no valid code is coloured all the same.

use interleave_labs::control::Syntax;

/// What a piece of code is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Look {
    /// Whatever has no colour of its own.
    Plain,
    /// A word of the language, or an instruction.
    Keyword,
    /// A name where it is given, a decorator, a register.
    Name,
    /// A number.
    Number,
    /// A text in quotes.
    Text,
    /// A comment.
    Comment,
}

impl Look {
    /// Its class in the style sheet; empty for none.
    #[must_use]
    pub fn class(self) -> &'static str {
        match self {
            Look::Plain => "",
            Look::Keyword => "keyword",
            Look::Name => "name",
            Look::Number => "number",
            Look::Text => "quoted",
            Look::Comment => "comment",
        }
    }
}

/// What a line begins within.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Within {
    /// Code.
    #[default]
    Code,
    /// A text in these quotes, three of them or one.
    Quotes {
        /// Its quotation mark.
        mark: u8,
        /// Whether it ends with three of them.
        triple: bool,
    },
}

/// Gives each piece of a line to `take`, from left to right, and tells what the next line begins within.
pub fn read(syntax: Syntax, line: &str, within: Within, take: &mut dyn FnMut(&str, Look)) -> Within {
    let mut reader = Reader { line, at: 0, within };
    let mut before = "";
    while reader.at < line.len() {
        let from = reader.at;
        let look = match syntax {
            Syntax::Plain => reader.rest(Look::Plain),
            Syntax::Python => reader.python(before),
            Syntax::Assembly => reader.assembly(before.is_empty()),
        };
        let piece = &line[from..reader.at];
        take(piece, look);
        if !piece.trim().is_empty() {
            before = piece;
        }
    }
    reader.within
}

/// The words of Python. `match` and `case` are some only where they begin a line that opens a block.
const PYTHON: [&str; 35] = [
    "False", "None", "True", "and", "as", "assert", "async", "await", "break", "class", "continue", "def", "del",
    "elif", "else", "except", "finally", "for", "from", "global", "if", "import", "in", "is", "lambda", "nonlocal",
    "not", "or", "pass", "raise", "return", "try", "while", "with", "yield",
];

struct Reader<'a> {
    line: &'a str,
    at: usize,
    within: Within,
}

impl<'a> Reader<'a> {
    /// A piece of Python; `before` is the one before it that is not blank.
    fn python(&mut self, before: &str) -> Look {
        if let Within::Quotes { mark, triple } = self.within {
            return self.quoted(mark, triple);
        }
        match self.next() {
            b'#' => self.rest(Look::Comment),
            b'0'..=b'9' => self.number(),
            b'@' if before.is_empty() => {
                self.at += 1;
                self.word(b".");
                Look::Name
            }
            b'"' | b'\'' => self.open(),
            letter if is_letter(letter) => {
                let word = self.word(b"");
                let prefixes = word.len() <= 2 && word.bytes().all(|letter| b"rbfuRBFU".contains(&letter));
                if prefixes && matches!(self.next(), b'"' | b'\'') {
                    return self.open();
                }
                let opens = || before.is_empty() && self.line.trim_end().ends_with(':');
                match word {
                    "match" | "case" if opens() => Look::Keyword,
                    _ if PYTHON.contains(&word) => Look::Keyword,
                    _ if matches!(before, "def" | "class") => Look::Name,
                    _ => Look::Plain,
                }
            }
            _ => self.other(),
        }
    }

    /// A piece of assembly; `first` if none that is not blank is before it.
    fn assembly(&mut self, first: bool) -> Look {
        match self.next() {
            b'#' => self.rest(Look::Comment),
            b'%' => {
                self.at += 1;
                self.word(b"");
                Look::Name
            }
            b'$' => {
                self.at += 1;
                self.word(b"-");
                Look::Number
            }
            b'0'..=b'9' => self.number(),
            letter if is_letter(letter) || letter == b'.' => match self.word(b".-") {
                ".var" => Look::Keyword,
                word if word.starts_with('.') => Look::Name,
                _ if first => Look::Keyword,
                _ => Look::Plain,
            },
            _ => self.other(),
        }
    }

    /// The next byte; 0 at the end.
    fn next(&self) -> u8 {
        self.line.as_bytes().get(self.at).copied().unwrap_or(0)
    }

    /// All that is left.
    fn rest(&mut self, look: Look) -> Look {
        self.at = self.line.len();
        look
    }

    /// Blanks and signs, which look like nothing else.
    fn other(&mut self) -> Look {
        self.at += 1;
        Look::Plain
    }

    /// Letters, digits and what `more` has.
    fn word(&mut self, more: &[u8]) -> &'a str {
        let from = self.at;
        while is_letter(self.next()) || self.next().is_ascii_digit() || more.contains(&self.next()) {
            self.at += 1;
        }
        &self.line[from..self.at]
    }

    fn number(&mut self) -> Look {
        let from = self.at;
        loop {
            self.word(b".");
            let digits = &self.line[from..self.at];
            let power = digits.ends_with(['e', 'E']) && !digits.starts_with("0x") && matches!(self.next(), b'+' | b'-');
            if !power {
                return Look::Number;
            }
            self.at += 1;
        }
    }

    /// A text that begins here.
    fn open(&mut self) -> Look {
        let mark = self.next();
        let triple = self.line.as_bytes()[self.at..].starts_with(&[mark; 3]);
        self.at += if triple { 3 } else { 1 };
        self.within = Within::Quotes { mark, triple };
        self.quoted(mark, triple)
    }

    /// The rest of a text, up to its end or that of the line.
    fn quoted(&mut self, mark: u8, triple: bool) -> Look {
        let bytes = self.line.as_bytes();
        while let Some(&byte) = bytes.get(self.at) {
            if byte == b'\\' {
                self.at += 1;
                if self.at == bytes.len() {
                    // It goes on below.
                    return Look::Text;
                }
                self.at += self.line[self.at..].chars().next().map_or(0, char::len_utf8);
            } else if byte == mark && (!triple || bytes[self.at..].starts_with(&[mark; 3])) {
                self.at += if triple { 3 } else { 1 };
                self.within = Within::Code;
                return Look::Text;
            } else {
                self.at += 1;
            }
        }
        if !triple {
            self.within = Within::Code;
        }
        Look::Text
    }
}

/// Letters of any script count: what is none of ours is never cut.
fn is_letter(byte: u8) -> bool {
    byte.is_ascii_alphabetic() || byte == b'_' || byte >= 0x80
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// Each line with its looks below it, a letter for each character.
    fn grid(syntax: Syntax, text: &str) -> String {
        let (mut grid, mut within) = (String::new(), Within::Code);
        for line in text.lines() {
            let mut looks = String::new();
            within = read(syntax, line, within, &mut |piece, look| {
                let letter = match look {
                    Look::Plain => '.',
                    look => look.class().chars().next().unwrap(),
                };
                looks.extend(piece.chars().map(|_| letter));
            });
            grid += &format!("{line}\n{looks}\n");
        }
        grid
    }

    #[test]
    fn python_is_read() {
        let code = "\
@lock.held
async def größe(n=1.5e-3, m=0xffe-1):  # why
    return None if n in f\"a{n}\\\"b\" else rb'#'
class W(threading.Thread): pass
match = define; matched_def = 12_000j
match word:
";
        let looks = "\
@lock.held
nnnnnnnnnn
async def größe(n=1.5e-3, m=0xffe-1):  # why
kkkkk.kkk.nnnnn...nnnnnn....nnnnn.n....ccccc
    return None if n in f\"a{n}\\\"b\" else rb'#'
....kkkkkk.kkkk.kk...kk.qqqqqqqqqq.kkkk.qqqqq
class W(threading.Thread): pass
kkkkk.n....................kkkk
match = define; matched_def = 12_000j
..............................nnnnnnn
match word:
kkkkk......
";
        assert_eq!(grid(Syntax::Python, code), looks);
    }

    #[test]
    fn texts_of_several_lines_end_where_they_do_and_others_at_the_end_of_the_line() {
        let code = "\
a = '''one # \\'''
def \"\"\" two
'''; b = 'open
if c: 'on\\
if here' or x
";
        let looks = "\
a = '''one # \\'''
....qqqqqqqqqqqqq
def \"\"\" two
qqqqqqqqqqq
'''; b = 'open
qqq......qqqqq
if c: 'on\\
kk....qqqq
if here' or x
qqqqqqqq.kk..
";
        assert_eq!(grid(Syntax::Python, code), looks);
    }

    #[test]
    fn assembly_is_read() {
        let code = "\
.var count 2
  mov $-1, %ax  # load
.again
test.x count(%bx,4)
jne .again
";
        let looks = "\
.var count 2
kkkk.......n
  mov $-1, %ax  # load
..kkk.nnn..nnn..cccccc
.again
nnnnnn
test.x count(%bx,4)
kkkkkk.......nnn.n.
jne .again
kkk.nnnnnn
";
        assert_eq!(grid(Syntax::Assembly, code), looks);
    }

    proptest! {
        #[test]
        fn no_line_loses_a_character(line in "\\PC{0,40}|[ -~]{0,60}|[\"'\\\\ü#rf]{0,20}", open in 0..5, kind in 0..3_usize) {
            let mark = if open % 2 == 0 { b'\'' } else { b'"' };
            let within = if open == 0 { Within::Code } else { Within::Quotes { mark, triple: open > 2 } };
            let syntax = [Syntax::Plain, Syntax::Python, Syntax::Assembly][kind];
            let mut again = String::new();
            read(syntax, &line, within, &mut |piece, _| again += piece);
            prop_assert_eq!(again, line);
        }
    }
}
