//! What is known to differ from Python. A script that is listed and does not differ any more fails the test, so that the list stays true.

/// Scripts that do something else than in Python, by their path in the folder of scripts, and why.
pub const DIFFERENT: [(&str, &str); 5] = [
    ("classes/operators_of_numbers_by_name.py", "numbers and texts have operators, but not by their names"),
    ("containers/ranges_beyond_64_bits.py", "the bounds of a range have 64 bits"),
    ("functions/annotations.py", "annotations are kept of classes only, as texts"),
    ("statements/names_of_the_same_meaning.py", "names are compared as they are written"),
    ("strings/combining_marks.py", "isidentifier() knows letters and digits, but no combining marks"),
];

/// Scripts whose output is a matter of the global interpreter lock, and why. Without it they only have to end.
pub const RACES_WITHOUT_GIL: [(&str, &str); 0] = [];
