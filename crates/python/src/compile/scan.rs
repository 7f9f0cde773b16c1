//! Bounds how deeply a program nests, before parsing: parser and compiler follow its nesting with the machine's stack.

use ruff_python_ast::token::TokenKind;
use ruff_python_parser::{Mode, lexer};
use ruff_text_size::TextRange;

/// Brackets within brackets, as in Python.
const BRACKETS: usize = 200;
/// Operators that may be nested in each other, together in all brackets that are open.
const OPERATORS: usize = 600;
/// Blocks within blocks, as in Python.
const BLOCKS: usize = 100;
/// Bytes of a program.
const BYTES: usize = 4 << 20;

/// What is wrong, and where.
pub fn check(text: &str) -> Result<(), (TextRange, String)> {
    if text.len() > BYTES {
        return Err((TextRange::default(), "the program is longer than 4 MiB".into()));
    }
    if let Some(at) = text.find('\0') {
        let at = u32::try_from(at).unwrap_or(0).into();
        return Err((TextRange::empty(at), "source code cannot contain null bytes".into()));
    }
    let Some(message) = verdict(text) else { return Ok(()) };
    // The lexer does not say where it is: the place is where the shortest text ends of which the same is to be said.
    let (mut fine, mut bad) = (0, text.len());
    while bad - fine > 1 {
        let middle = text.floor_char_boundary(fine + (bad - fine) / 2);
        if middle == fine {
            break;
        }
        if verdict(&text[..middle]).is_some() { bad = middle } else { fine = middle }
    }
    let at = u32::try_from(fine).unwrap_or(0).into();
    Err((TextRange::empty(at), message.into()))
}

/// What nests too deeply.
fn verdict(text: &str) -> Option<&'static str> {
    let mut lexer = lexer::lex(text, Mode::Module);
    // Operators since the last separator, for each bracket that is open.
    let mut open = vec![0_usize];
    let (mut sum, mut blocks) = (0, 0_usize);
    loop {
        let kind = lexer.next_token();
        match kind {
            TokenKind::EndOfFile => return None,
            TokenKind::Indent => blocks += 1,
            TokenKind::Dedent => blocks = blocks.saturating_sub(1),
            TokenKind::Lpar
            | TokenKind::Lsqb
            | TokenKind::Lbrace
            | TokenKind::FStringStart
            | TokenKind::TStringStart => {
                // Calls and subscripts are chains, too.
                count(&mut open, &mut sum);
                open.push(0);
            }
            TokenKind::Rpar | TokenKind::Rsqb | TokenKind::Rbrace | TokenKind::FStringEnd | TokenKind::TStringEnd => {
                if open.len() > 1 {
                    sum -= open.pop().unwrap_or(0);
                }
            }
            TokenKind::Comma | TokenKind::Semi | TokenKind::Newline => {
                if let Some(last) = open.last_mut() {
                    sum -= std::mem::take(last);
                }
            }
            TokenKind::Name
            | TokenKind::Int
            | TokenKind::Float
            | TokenKind::Complex
            | TokenKind::String
            | TokenKind::FStringMiddle
            | TokenKind::TStringMiddle
            | TokenKind::Comment
            | TokenKind::NonLogicalNewline
            | TokenKind::True
            | TokenKind::False
            | TokenKind::None => {}
            _ => count(&mut open, &mut sum),
        }
        if open.len() > BRACKETS {
            return Some("too many nested parentheses");
        } else if blocks >= BLOCKS {
            return Some("too many levels of indentation");
        } else if sum > OPERATORS {
            return Some("too many nested operators");
        }
    }
}

fn count(open: &mut [usize], sum: &mut usize) {
    if let Some(last) = open.last_mut() {
        *last += 1;
        *sum += 1;
    }
}
