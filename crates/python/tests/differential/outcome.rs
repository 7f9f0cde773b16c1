//! What came of a script, and in what two outcomes differ.

use std::path::Path;

/// What came of a script.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Outcome {
    /// The standard output.
    pub printed: String,
    /// The error stream.
    pub said: String,
    /// The exit code; nothing if there is none.
    pub code: Option<i32>,
}

impl Outcome {
    /// In what the other differs from this, which is Python's.
    pub fn difference(&self, ours: &Outcome, script: &Path) -> Option<String> {
        let mut differences = Vec::new();
        if self.printed != ours.printed {
            differences.push(first_difference("printed", &lines(&self.printed), &lines(&ours.printed)));
        }
        let (theirs, said) = (comparable(&self.said, script), comparable(&ours.said, script));
        if theirs != said {
            differences.push(first_difference("said", &theirs, &said));
        }
        if self.code != ours.code {
            differences.push(format!("  code: {:?} in Python, {:?} here", self.code, ours.code));
        }
        (!differences.is_empty()).then(|| format!("{}\n{}", script.display(), differences.join("\n")))
    }
}

fn lines(text: &str) -> Vec<String> {
    text.split('\n').map(str::to_owned).collect()
}

fn first_difference(what: &str, theirs: &[String], ours: &[String]) -> String {
    let same = theirs.iter().zip(ours).take_while(|(one, other)| one == other).count();
    let at = |lines: &[String]| lines.get(same).map_or("the end".to_owned(), |line| format!("{line:?}"));
    format!("  {what}, line {}: {} in Python, {} here", same + 1, at(theirs), at(ours))
}

/// The lines of the error stream that are to be the same: tracebacks without what they mark in a line, without what is called in
/// Python's own files, and without comprehensions, which are calls in Python 3.11 and are none from 3.12 on. Of a script that is none, the place: the parser's words are its own.
pub fn comparable(said: &str, script: &Path) -> Vec<String> {
    let file = |name: &str| format!("  File \"{name}\"");
    let own = file(&script.display().to_string());
    let mut kept: Vec<String> = Vec::new();
    let mut foreign = false;
    for line in said.lines() {
        let is_frame = line.starts_with("  File \"");
        if is_frame {
            foreign = !line.starts_with(&own) || line.ends_with("comp>");
        } else if !line.starts_with("    ") {
            foreign = false;
        }
        let marks = !line.is_empty() && line.bytes().all(|byte| matches!(byte, b' ' | b'^' | b'~'));
        if !foreign && !marks {
            kept.push(line.to_owned());
        }
    }
    if kept.iter().any(|line| line.starts_with("SyntaxError") || line.starts_with("IndentationError")) {
        kept.retain(|line| line.starts_with(&own));
    }
    kept
}

#[test]
fn what_python_says_of_its_own_files_does_not_count() {
    let said = "\
Exception in thread Thread-1 (work):
Traceback (most recent call last):
  File \"/usr/lib/python3.11/threading.py\", line 1045, in _bootstrap_inner
    self.run()
  File \"a.py\", line 3, in work
    return 1 / 0
           ~~^~~
ZeroDivisionError: division by zero

During handling of it
";
    let kept = comparable(said, Path::new("a.py"));
    assert_eq!(
        kept[1..5],
        [
            "Traceback (most recent call last):",
            "  File \"a.py\", line 3, in work",
            "    return 1 / 0",
            "ZeroDivisionError: division by zero"
        ]
    );
    assert_eq!(kept[5..], ["", "During handling of it"]);
    let wrong = "  File \"a.py\", line 3\n    x = = 5\n        ^\nSyntaxError: invalid syntax\n";
    assert_eq!(comparable(wrong, Path::new("a.py")), ["  File \"a.py\", line 3"]);
}

#[test]
fn the_first_line_that_differs_is_told() {
    let outcome = |printed: &str, code| Outcome { printed: printed.to_owned(), said: String::new(), code: Some(code) };
    let difference = outcome("a\nb\n", 0).difference(&outcome("a\nc\n", 1), Path::new("s.py")).unwrap();
    assert_eq!(
        difference,
        "s.py\n  printed, line 2: \"b\" in Python, \"c\" here\n  code: Some(0) in Python, Some(1) here"
    );
    assert_eq!(outcome("a\n", 0).difference(&outcome("a\n", 0), Path::new("s.py")), None);
    assert!(outcome("a\n", 0).difference(&outcome("a", 0), Path::new("s.py")).is_some(), "the last line has its end");
}
