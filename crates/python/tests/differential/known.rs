//! What is known to differ from Python. A script that is listed and does not differ any more fails the test, so that the list stays true.

/// Scripts that do something else than in Python, by their path in the folder of scripts, and why.
pub const DIFFERENT: [(&str, &str); 0] = [];

/// Scripts whose output is a matter of the global interpreter lock, and why. Without it they only have to end.
pub const RACES_WITHOUT_GIL: [(&str, &str); 0] = [];
