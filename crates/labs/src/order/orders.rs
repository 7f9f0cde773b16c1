//! Which orders came, and how often each.

use super::Data;
use super::data::Repeat;
use interleave_trace::format::grouped;

/// Up to so many threads all orders are counted exactly, in 64 bits.
const COUNTABLE: usize = 20;

/// What the runs come to.
///
/// Orders can only be compared where the same threads ended. So those runs are counted in which the same ones did as in most. A thread is
/// known by its name, unless names repeat within a run or differ from run to run; then by its place among those that were started.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Orders {
    /// How many runs there were.
    pub(super) runs: u32,
    /// Which of them are counted, from 0, in order.
    pub(super) counted: Vec<usize>,
    /// What the threads are called, in the order in which the first counted run started them.
    pub(super) names: Vec<String>,
    /// The different orders, as indices of names; most frequent first, and of two that came equally often the one that came earlier.
    pub(super) orders: Vec<(Vec<u32>, u32)>,
    /// For each counted run its order.
    pub(super) each: Vec<Vec<u32>>,
    /// In how many counted runs the thread that was started first also ended first.
    pub(super) first_first: u32,
    /// In how many counted runs all threads ended in the order in which they were started.
    pub(super) as_started: u32,
    /// Whether every counted run started the threads in the same order.
    pub(super) started_alike: bool,
}

impl Orders {
    /// Of everything measured.
    pub(super) fn of(data: &Data) -> Orders {
        let mut table: Vec<&str> = Vec::new();
        let mut by_name: Vec<Vec<u32>> = Vec::new();
        for repeat in &data.repeats {
            let names = data.names_of(repeat);
            by_name.push(repeat.ended.iter().map(|place| known(&mut table, name(names, *place))).collect());
        }
        let by_place: Vec<Vec<u32>> = data.repeats.iter().map(|repeat| repeat.ended.clone()).collect();
        let (named, placed) = (most_alike(&by_name), most_alike(&by_place));
        let unique = by_name.iter().all(|ids| sorted(ids).windows(2).all(|pair| pair[0] < pair[1]));
        if unique && named.len() >= placed.len() {
            let called = |id: u32| table.get(id as usize).map_or(String::new(), |name| (*name).to_owned());
            counted(data, named, &by_name, &called)
        } else {
            let called = |place: u32| called_by_place(data, &placed, place);
            counted(data, placed.clone(), &by_place, &called)
        }
    }

    /// How many threads there are to be put in order.
    pub(super) fn threads(&self) -> usize {
        self.names.len()
    }

    /// In how many counted runs each thread ended first.
    pub(super) fn firsts(&self) -> Vec<u32> {
        self.count(|order| order.first())
    }

    /// In how many counted runs each thread ended last.
    pub(super) fn lasts(&self) -> Vec<u32> {
        self.count(|order| order.last())
    }

    /// The mean place in which a thread ended, from 1, over the counted runs; nothing if there are none.
    pub(super) fn mean_place(&self, thread: u32) -> Option<f64> {
        let place = |order: &Vec<u32>| Some(order.iter().position(|other| *other == thread)? as f64 + 1.0);
        let places: Vec<f64> = self.each.iter().filter_map(place).collect();
        (!places.is_empty()).then(|| places.iter().sum::<f64>() / places.len() as f64)
    }

    /// The order of a run, counted from 0; nothing if it is not counted.
    pub(super) fn in_run(&self, run: usize) -> Option<&[u32]> {
        let at = self.counted.iter().position(|counted| *counted == run)?;
        self.each.get(at).map(Vec::as_slice)
    }

    /// How many orders there could be, in words.
    pub(super) fn possible(&self) -> String {
        match factorial(self.threads()) {
            // Exact: a factorial of 20 at most has so many factors of 2 that a double holds it.
            Some(orders) => grouped(orders as f64),
            None => "over 10^18".to_owned(),
        }
    }

    fn count(&self, which: impl Fn(&Vec<u32>) -> Option<&u32>) -> Vec<u32> {
        let mut counts = vec![0; self.threads()];
        for thread in self.each.iter().filter_map(which) {
            if let Some(count) = counts.get_mut(*thread as usize) {
                *count += 1;
            }
        }
        counts
    }
}

/// In how many orders so many things can be put; nothing if that is too much to be counted.
fn factorial(things: usize) -> Option<u64> {
    (things <= COUNTABLE).then(|| (1..=things as u64).product())
}

fn name(names: &[String], place: u32) -> &str {
    names.get(place as usize).map_or("", String::as_str)
}

/// The number of a name in a table, which gets it if it is new.
fn known<'a>(table: &mut Vec<&'a str>, name: &'a str) -> u32 {
    let place = table.iter().position(|known| *known == name).unwrap_or(table.len());
    if place == table.len() {
        table.push(name);
    }
    place as u32
}

fn sorted(ids: &[u32]) -> Vec<u32> {
    let mut sorted = ids.to_vec();
    sorted.sort_unstable();
    sorted
}

/// The runs in which the same threads ended as in most: of two such sets the larger one, else the one that came earlier.
fn most_alike(ids: &[Vec<u32>]) -> Vec<usize> {
    let mut groups: Vec<(Vec<u32>, Vec<usize>)> = Vec::new();
    for (run, ids) in ids.iter().enumerate() {
        let set = sorted(ids);
        match groups.iter_mut().find(|(known, _)| *known == set) {
            Some((_, runs)) => runs.push(run),
            None => groups.push((set, vec![run])),
        }
    }
    // The last of equals is the largest, so the earlier one comes last.
    let largest = groups.into_iter().rev().max_by_key(|(set, runs)| (runs.len(), set.len()));
    largest.map_or_else(Vec::new, |(_, runs)| runs)
}

/// What a thread is called that is known by its place: `no. 2`, and its name if that is always the same.
fn called_by_place(data: &Data, runs: &[usize], place: u32) -> String {
    let mut names = runs.iter().filter_map(|run| data.repeats.get(*run)).map(|it| name(data.names_of(it), place));
    let first = names.next().unwrap_or_default();
    let number = place + 1;
    if !first.is_empty() && names.all(|name| name == first) {
        format!("no. {number}, {first}")
    } else {
        format!("no. {number}")
    }
}

/// Counts the orders of these runs, whose threads are known by `ids`.
fn counted(data: &Data, runs: Vec<usize>, ids: &[Vec<u32>], called: &dyn Fn(u32) -> String) -> Orders {
    let mut all = Orders { runs: data.repeats.len() as u32, started_alike: true, ..Orders::default() };
    let mut things: Vec<u32> = Vec::new();
    for &run in &runs {
        let (Some(repeat), Some(ids)) = (data.repeats.get(run), ids.get(run)) else { continue };
        let started = by_start(repeat, ids);
        if things.is_empty() {
            things.clone_from(&started);
        }
        all.started_alike &= started == things;
        let index = |id: &u32| things.iter().position(|thing| thing == id).map_or(0, |index| index as u32);
        let order: Vec<u32> = ids.iter().map(index).collect();
        if let Some(first) = repeat.ended.first() {
            all.first_first += u32::from(repeat.ended.iter().min() == Some(first));
            all.as_started += u32::from(repeat.ended.is_sorted());
        }
        match all.orders.iter_mut().find(|(known, _)| *known == order) {
            Some((_, count)) => *count += 1,
            None => all.orders.push((order.clone(), 1)),
        }
        all.each.push(order);
    }
    // Stable: of equals the earlier one stays first.
    all.orders.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
    all.names = things.into_iter().map(called).collect();
    all.counted = runs;
    all
}

/// The threads that ended, in the order of their starts.
fn by_start(repeat: &Repeat, ids: &[u32]) -> Vec<u32> {
    let mut both: Vec<(u32, u32)> = repeat.ended.iter().copied().zip(ids.iter().copied()).collect();
    both.sort_unstable();
    both.into_iter().map(|(_, id)| id).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn data(runs: &[(&[&str], &[u32])]) -> Data {
        let mut data = Data::default();
        for (names, ended) in runs {
            let repeat = Repeat {
                wall_us: 10,
                started: names.len() as u32,
                names: 0,
                ended: ended.to_vec(),
                apart_us: None,
                exit_code: 0,
                deadlock: false,
            };
            data.add(names.iter().map(|name| (*name).to_owned()).collect(), repeat);
        }
        data
    }

    #[test]
    fn orders_are_counted_most_frequent_first() {
        let names: &[&str] = &["Ada", "Alan", "Grace"];
        let orders =
            Orders::of(&data(&[(names, &[1, 0, 2]), (names, &[0, 1, 2]), (names, &[2, 0, 1]), (names, &[0, 1, 2])]));
        assert_eq!(orders.orders, [(vec![0, 1, 2], 2), (vec![1, 0, 2], 1), (vec![2, 0, 1], 1)]);
        assert_eq!(
            (orders.names.clone(), orders.possible()),
            (vec!["Ada".into(), "Alan".into(), "Grace".into()], "6".into())
        );
        assert_eq!((orders.first_first, orders.as_started, orders.started_alike), (2, 2, true));
        assert_eq!((orders.firsts(), orders.lasts()), (vec![2, 1, 1], vec![0, 1, 3]));
        assert_eq!([0, 1, 2].map(|thread| orders.mean_place(thread)), [Some(1.5), Some(2.0), Some(2.5)]);
        assert_eq!(orders.in_run(2), Some(&[2, 0, 1][..]));
    }

    #[test]
    fn a_thread_is_known_by_its_name_wherever_it_starts() {
        let orders = Orders::of(&data(&[(&["Ada", "Alan"], &[0, 1]), (&["Alan", "Ada"], &[1, 0])]));
        assert_eq!((orders.orders.clone(), orders.started_alike), (vec![(vec![0, 1], 2)], false));
        assert_eq!((orders.first_first, orders.as_started), (1, 1));
    }

    #[test]
    fn where_names_repeat_or_change_a_thread_is_known_by_its_place() {
        let same = Orders::of(&data(&[(&["Ada", "Ada"], &[1, 0]), (&["Ada", "Ada"], &[0, 1])]));
        assert_eq!((same.names, same.orders.len()), (vec!["no. 1, Ada".to_owned(), "no. 2, Ada".to_owned()], 2));
        let others = Orders::of(&data(&[(&["a", "b"], &[1, 0]), (&["c", "d"], &[1, 0]), (&["a", "d"], &[1, 0])]));
        assert_eq!(
            (others.names, others.orders),
            (vec!["no. 1".to_owned(), "no. 2".to_owned()], vec![(vec![1, 0], 3)])
        );
    }

    #[test]
    fn runs_in_which_other_threads_ended_are_not_counted() {
        let (two, three): (&[&str], &[&str]) = (&["a", "b"], &["a", "b", "c"]);
        let orders = Orders::of(&data(&[(two, &[0, 1]), (three, &[2, 0, 1]), (three, &[0, 1, 2]), (three, &[0, 1])]));
        // As many runs of two as of three: more can be learned from three.
        assert_eq!((orders.counted.clone(), orders.threads(), orders.runs), (vec![1, 2], 3, 4));
        assert_eq!(orders.in_run(0), None);
        let orders = Orders::of(&data(&[(two, &[1]), (two, &[0]), (two, &[1])]));
        assert_eq!((orders.counted, orders.names), (vec![0, 2], vec!["b".to_owned()]));
        assert_eq!(Orders::of(&data(&[])), Orders { started_alike: true, ..Orders::default() });
        assert_eq!(Orders::of(&data(&[(&[], &[]), (&[], &[])])).counted, [0, 1]);
    }

    #[test]
    fn all_orders_are_counted_exactly_as_long_as_that_can_be() {
        let possible = |threads: usize| Orders { names: vec![String::new(); threads], ..Orders::default() }.possible();
        assert_eq!([1, 5, 10].map(possible), ["1", "120", "3,628,800"]);
        assert_eq!(possible(18), "6,402,373,705,728,000");
        assert_eq!(possible(20), "2,432,902,008,176,640,000");
        assert_eq!(possible(21), "over 10^18");
    }
}
