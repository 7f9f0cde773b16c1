//! Checking a program without running it.

use interleave_python::check;

/// A program of some 200 lines, another one each time.
fn program(at: usize) -> String {
    let function = |number: usize| {
        format!(
            "def work_{number}(item, times=3, *rest, **named):\n    \
             '''Says what it does, call {at}.'''\n    \
             total = [x * times for x in range(item) if x % {number}]\n    \
             print(f'{{item}} of {at}', len(total), named.get('name', 'nobody {at}'))\n    \
             return lambda: total[{at}:]\n\n"
        )
    };
    (1..=33).map(function).collect()
}

#[test]
fn a_mistake_is_named_with_its_place() {
    let problem = check("x = 1\nprint('\\N{EM DASH}')\n", "script.py").unwrap();
    assert_eq!((problem.line, problem.column), (2, 11));
    assert!(problem.message.starts_with("\\N{EM DASH} is not part of this Python"), "{}", problem.message);
}

#[test]
fn a_program_that_can_run_has_none() {
    assert_eq!(check(&program(1), "script.py"), None);
}

/// Pages of this process in memory, in KiB.
#[cfg(target_os = "linux")]
fn resident() -> usize {
    let status = std::fs::read_to_string("/proc/self/status").unwrap();
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:")).unwrap();
    line.trim().trim_end_matches(" kB").parse().unwrap()
}

/// A program is checked at each pause in typing: what was made for it does not stay.
#[cfg(target_os = "linux")]
#[test]
fn checking_keeps_nothing() {
    const CHECKS: usize = 2000;
    const MOST_KIB: usize = 8 << 10;
    for at in 0..50 {
        assert_eq!(check(&program(at), "script.py"), None);
    }
    let before = resident();
    for at in 0..CHECKS {
        assert_eq!(check(&program(at), "script.py"), None);
    }
    let grown = resident().saturating_sub(before);
    assert!(grown <= MOST_KIB, "{grown} KiB after {CHECKS} checks");
}
