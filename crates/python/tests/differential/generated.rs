//! Random expressions and statements, the same each time: each is evaluated by Python and by us.

use super::{Gil, ours, theirs};
use interleave_testing::python_is_here;
use interleave_twister::Twister;
use std::fs;
use std::path::Path;

const EXPRESSIONS: usize = 4000;
const PROGRAMS: usize = 200;

/// Writes random Python.
struct Writer {
    random: Twister,
    text: String,
}

impl Writer {
    fn new(seed: u64) -> Writer {
        Writer { random: Twister::new(seed), text: String::new() }
    }

    fn below(&mut self, limit: usize) -> usize {
        (self.random.random() * limit as f64) as usize
    }

    fn one_of<'a>(&mut self, of: &[&'a str]) -> &'a str {
        of[self.below(of.len())]
    }

    fn line(&mut self, indent: usize, line: &str) {
        self.text.push_str(&"    ".repeat(indent));
        self.text.push_str(line);
        self.text.push('\n');
    }

    /// An expression of numbers, or of any types, among them often the wrong ones.
    fn expression(&mut self, depth: usize, numbers: bool) -> String {
        if depth == 0 {
            return self.one_of(if numbers { &LITERALS[..NUMBERS] } else { &LITERALS }).to_owned();
        }
        let form = self.one_of(if numbers { &FORMS[..FOR_NUMBERS] } else { &FORMS });
        let mut parts = form.split('$');
        let mut text = parts.next().unwrap_or_default().to_owned();
        for part in parts {
            // In Python 3.11 an f-string holds no quotes like its own.
            let plain = form
                .starts_with("f'")
                .then(|| self.one_of(&["x", "y", "text", "items", "None", "(x, 2.5)"]).to_owned());
            let shallower = self.below(depth);
            text.push_str(&plain.unwrap_or_else(|| self.expression(shallower, numbers)));
            text.push_str(part);
        }
        text
    }

    /// An int below 1000, of the variables of a program.
    fn number(&mut self, depth: usize) -> String {
        if depth == 0 {
            return self.one_of(&["a", "b", "c", "1", "2", "7", "100"]).to_owned();
        }
        let (one, other) = (self.number(depth - 1), self.number(depth - 1));
        let operator = self.one_of(&["+", "-", "*", "//", "%", "&", "|", "^"]);
        format!("({one} {operator} {other}) % 1000")
    }

    fn condition(&mut self) -> String {
        let (one, other) = (self.number(1), self.number(0));
        match self.below(5) {
            0 => format!("{one} in items"),
            1 => format!("not {one} < {other}"),
            2 => format!("0 < {one} <= {other}"),
            3 => format!("{one} % 2 and {other} % 3"),
            _ => format!("{one} == {other} or {one} > 500"),
        }
    }

    fn block(&mut self, indent: usize, depth: usize, in_loop: bool) {
        for _ in 0..=self.below(3) {
            self.statement(indent, depth, in_loop);
        }
    }

    fn statement(&mut self, indent: usize, depth: usize, in_loop: bool) {
        let name = self.one_of(&["a", "b", "c"]);
        let (number, condition) = (self.number(1), self.condition());
        let compound = depth > 0 && self.below(3) > 0;
        match (compound, self.below(7)) {
            (false, 0) => self.line(indent, &format!("{name} = {number}")),
            (false, 1) => self.line(indent, &format!("{name} += {number}; {name} %= 1000")),
            (false, 2) => self.line(indent, &format!("print('{name}', {name}, {number})")),
            (false, 3) => self.line(indent, &format!("items.append({number})")),
            (false, 4) => self.line(indent, "a, b = b, a"),
            (false, 5) if in_loop => {
                let jump = self.one_of(&["break", "continue"]);
                self.line(indent, &format!("if {condition}: {jump}"));
            }
            (false, _) => self.line(indent, &format!("items[{number} % 7:{name} % 9] = [{name}]")),
            (true, 0) => {
                self.line(indent, &format!("if {condition}:"));
                self.block(indent + 1, depth - 1, in_loop);
                self.line(indent, "else:");
                self.block(indent + 1, depth - 1, in_loop);
            }
            (true, 1) => {
                self.line(indent, &format!("for {name} in range({number} % 5):"));
                self.block(indent + 1, depth - 1, true);
                self.line(indent, "else:");
                self.block(indent + 1, depth - 1, in_loop);
            }
            (true, 2) => {
                self.line(indent, &format!("for c in items[:{name} % 4]:"));
                self.block(indent + 1, depth - 1, true);
            }
            (true, 3) => {
                self.line(indent, "try:");
                self.block(indent + 1, depth - 1, in_loop);
                self.line(indent + 1, &format!("a = {number} // ({name} % 3)"));
                self.line(indent, "except ZeroDivisionError as error:");
                self.line(indent + 1, "print(error)");
                self.block(indent + 1, depth - 1, in_loop);
                self.line(indent, "finally:");
                self.block(indent + 1, depth - 1, false);
            }
            (true, 4) => {
                self.line(indent, &format!("def inner(x, y={number}):"));
                self.line(indent + 1, &format!("nonlocal {name}"));
                self.line(indent + 1, &format!("{name} = (x + y) % 1000"));
                self.line(indent + 1, &format!("return [n * x % 1000 for n in items[:3] if n != {name}]"));
                self.line(indent, &format!("items += inner({number})"));
            }
            (true, 5) => {
                self.line(indent, &format!("match {number}, items:"));
                self.line(indent + 1, "case (0 | 1 | 2), [first, *_]:");
                self.line(indent + 2, "print('small', first)");
                self.line(indent + 1, &format!("case n, [*_, last] if last > {name}:"));
                self.line(indent + 2, "print('last', n, last)");
                self.line(indent + 1, "case _:");
                self.block(indent + 2, depth - 1, in_loop);
            }
            (true, _) => {
                // Of this loop alone, or it might never end.
                let left = format!("left_{indent}");
                self.line(indent, &format!("{left} = {number} % 4"));
                self.line(indent, &format!("while {left} > 0:"));
                self.line(indent + 1, &format!("{left} -= 1"));
                self.block(indent + 1, depth - 1, true);
            }
        }
    }
}

/// Literals and names, numbers first.
const LITERALS: [&str; 34] = [
    "0",
    "1",
    "2",
    "-1",
    "7",
    "255",
    "10**20",
    "-2**63",
    "True",
    "False",
    "0.5",
    "-0.0",
    "2.5",
    "1e16",
    "3.0",
    "0.1",
    "x",
    "y",
    "None",
    "''",
    "'a'",
    "'abc'",
    "'é'",
    "' 12 '",
    "b'ab'",
    "[]",
    "[1, 2, 3]",
    "['x', 'y']",
    "()",
    "(1, 'a')",
    "{}",
    "{'a': 1}",
    "text",
    "items",
];
const NUMBERS: usize = 18;

/// Forms of expressions, with a `$` for each part, those of numbers first. What grows has one small operand.
const FORMS: [&str; 78] = [
    "($ + $)",
    "($ + $)",
    "($ - $)",
    "($ * 3)",
    "(2 * $)",
    "($ / $)",
    "($ // $)",
    "($ % $)",
    "($ & $)",
    "($ | $)",
    "($ ^ $)",
    "($ << 5)",
    "($ >> 3)",
    "($ ** 2)",
    "(-$)",
    "(+$)",
    "(~$)",
    "(not $)",
    "($ == $)",
    "($ != $)",
    "($ < $)",
    "($ >= $)",
    "($ < $ <= $)",
    "($ and $)",
    "($ or $)",
    "($ if $ else $)",
    "str($)",
    "repr($)",
    "int($)",
    "float($)",
    "bool($)",
    "abs($)",
    "round($)",
    "round($, 1)",
    "round($, -1)",
    "max($, $)",
    "divmod($, $)",
    "bin($)",
    "hex($)",
    "type($).__name__",
    "isinstance($, (int, str))",
    "f'{$!r:>8}'",
    "f'{$}|{$:5}'",
    "f'{$:.3}'",
    "format($, ',')",
    "('%s' % ($,))",
    "('%5.1f' % $)",
    "('%d' % $)",
    "(lambda n: n + $)($)",
    "(last := $)",
    "($, $)",
    "[$, $]",
    "($ in $)",
    "($ not in $)",
    "($)[$]",
    "($)[$:$]",
    "($)[::-1]",
    "($)[::$]",
    "len($)",
    "sum($)",
    "min($)",
    "sorted($)",
    "list($)",
    "tuple($)",
    "ord($)",
    "', '.join(map(str, [$, $]))",
    "[n for n in $]",
    "[n + $ for n in $ if n]",
    "{n: $ for n in $}",
    "{'k': $}",
    "[*$, *$]",
    "($).upper()",
    "($).count($)",
    "($).get($, 0)",
    "($).split($)",
    "any($)",
    "list(zip($, $))",
    "'{:>6}|{!r}'.format($, $)",
];
const FOR_NUMBERS: usize = 51;

/// Differences that are told.
const TOLD: usize = 40;

/// Runs a program that was written into a file both ways.
fn check(name: &str, program: &str) {
    let script = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
    fs::write(&script, program).unwrap();
    let (theirs, ours) = (theirs::run(&script), ours::run(program, &script, Gil::On));
    let unlike = theirs.printed.lines().zip(ours.printed.lines()).filter(|(one, other)| one != other);
    let unlike: Vec<String> = unlike.take(TOLD).map(|(one, other)| format!("{one}\n  here: {other}")).collect();
    assert!(unlike.is_empty(), "{}", unlike.join("\n"));
    assert_eq!(theirs.difference(&ours, &script), None);
}

#[test]
fn random_expressions_have_the_same_value() {
    if !python_is_here() {
        return;
    }
    let mut writer = Writer::new(1);
    writer.text.push_str(
        "\
def show(source, evaluate):
    try:
        print(source, '->', repr(evaluate()))
    except Exception as error:
        print(source, '->', type(error).__name__, error)


x, y, text, items = 12, -3.5, 'interleave', [5, 3, 8]
",
    );
    for _ in 0..EXPRESSIONS {
        let depth = 1 + writer.below(3);
        let numbers = writer.below(3) > 0;
        let expression = writer.expression(depth, numbers);
        // Python refuses to name a value in the iterable of a comprehension.
        if !expression.contains(":=") || !expression.contains(" for ") {
            writer.line(0, &format!("show({expression:?}, lambda: {expression})"));
        }
    }
    check("expressions.py", &writer.text);
}

#[test]
fn random_statements_do_the_same() {
    if !python_is_here() {
        return;
    }
    let mut writer = Writer::new(2);
    for program in 0..PROGRAMS {
        writer.line(0, &format!("def program_{program}(a, b, c):"));
        writer.line(1, "items = [a, b, c, 4]");
        for _ in 0..4 {
            writer.statement(1, 3, false);
        }
        writer.line(1, "return a, b, c, items");
        writer.line(0, "");
        for arguments in ["1, 2, 3", "0, 500, 999", "17, 4, 0"] {
            writer.line(0, "try:");
            writer.line(1, &format!("print({program}, program_{program}({arguments}))"));
            writer.line(0, "except Exception as error:");
            writer.line(1, &format!("print({program}, type(error).__name__, error)"));
        }
    }
    check("statements.py", &writer.text);
}
