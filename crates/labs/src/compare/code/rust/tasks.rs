/// What a task does. Times are in milliseconds.
#[allow(dead_code)] // some may be unused
#[derive(Clone, Copy)]
enum Part {
    Sleep(f64),
    Compute(f64),
    Crash,
}

/// How many tasks, and what each one does, in order.
const GROUPS: &[(usize, &[Part])] = &[
@GROUPS
];

fn tasks() -> Vec<&'static [Part]> {
    GROUPS.iter().flat_map(|&(count, parts)| vec![parts; count]).collect()
}
