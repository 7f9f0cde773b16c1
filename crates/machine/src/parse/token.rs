//! Words, numbers and signs of a line.

use crate::error::{Error, shown};
use crate::program::Span;

/// A piece of a line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Piece<'a> {
    /// A name, with its dot if it has one.
    Word(&'a str),
    /// Digits.
    Number(&'a str),
    /// One of `$ % ( ) , -`.
    Sign(char),
}

/// A piece and where it stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Token<'a> {
    pub piece: Piece<'a>,
    pub span: Span,
}

impl Token<'_> {
    /// As it was written.
    pub fn text(&self) -> String {
        match self.piece {
            Piece::Word(text) | Piece::Number(text) => shown(text),
            Piece::Sign(sign) => sign.to_string(),
        }
    }
}

/// The tokens of a line without comment.
pub fn tokens(text: &str, line: u32) -> Result<Vec<Token<'_>>, Error> {
    let mut tokens = Vec::new();
    let (mut rest, mut column) = (text, 1);
    while let Some(first) = rest.chars().next() {
        let length = match first {
            _ if is_word_start(first) => span_of(rest, |letter| is_word_start(letter) || letter.is_ascii_digit()),
            '0'..='9' => span_of(rest, |letter| letter.is_ascii_digit()),
            _ => first.len_utf8(),
        };
        let (piece, after) = rest.split_at(length);
        let count = piece.chars().count() as u32;
        let span = Span { line, column, length: count };
        column += count;
        rest = after;
        let piece = match first {
            _ if is_word_start(first) => Piece::Word(piece),
            '0'..='9' => Piece::Number(piece),
            '$' | '%' | '(' | ')' | ',' | '-' => Piece::Sign(first),
            _ if first.is_whitespace() => continue,
            _ => return Err(Error::at(span, format!("“{first}” has no meaning here"))),
        };
        tokens.push(Token { piece, span });
    }
    Ok(tokens)
}

fn is_word_start(letter: char) -> bool {
    letter.is_alphabetic() || letter == '_' || letter == '.'
}

/// How many bytes at the start of a text are of a kind.
fn span_of(text: &str, is: impl Fn(char) -> bool) -> usize {
    text.find(|letter| !is(letter)).unwrap_or(text.len())
}
