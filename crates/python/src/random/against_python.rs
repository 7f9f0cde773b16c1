//! The same seeds, in CPython and here.

use super::*;
use crate::text::float_repr;
use interleave_testing::python_lines;
use std::fmt::Display;

const REFERENCE: &str = r#"
import random, sys
for line in sys.stdin:
    kind, seed = line.rstrip("\n").split("\t")
    r = random.Random(int(seed) if kind == "int" else seed if kind == "str" else seed.encode("latin-1"))
    for _ in range(8):
        print(r.random(), r.getrandbits(1), r.getrandbits(31), r.getrandbits(32), r.getrandbits(33), r.getrandbits(200), r.randbytes(5).hex())
        print(r.randrange(1), r.randrange(10), r.randrange(2**32), r.randrange(10**30), r.randrange(-5, 10**25, 7), r.randrange(9, -9, -4), r.randint(-3, 3))
        print(r.choice(range(1)), r.choice(range(52)), r.sample(range(0), 0), r.sample(range(6), 6), r.sample(range(21), 4), r.sample(range(22), 4), r.sample(range(86), 6), r.sample(range(10**6), 9))
        deck = list(range(13)); r.shuffle(deck); print(deck)
        print(r.choices(range(7), k=5), r.choices(range(3), [5, 0.5, 2], k=9), r.choices(range(1), [1], k=1))
        print(r.uniform(-1, 3.5), r.triangular(0, 1, None), r.triangular(2, 9, 3), r.triangular(2, 2, 2), r.normalvariate(0, 1), r.gauss(0, 1), r.gauss(3, 2), r.gauss(0, 1))
        print(r.lognormvariate(0, 1), r.expovariate(0.5), r.vonmisesvariate(1, 0), r.vonmisesvariate(1, 4), r.gammavariate(0.5, 2), r.gammavariate(1, 2), r.gammavariate(3, 2))
        print(r.betavariate(2, 3), r.paretovariate(3), r.weibullvariate(1, 2))
"#;

fn line(parts: &[&dyn Display]) -> String {
    parts.iter().map(ToString::to_string).collect::<Vec<_>>().join(" ")
}

fn list(indices: impl AsRef<[usize]>) -> String {
    format!("{:?}", indices.as_ref())
}

fn floats(values: &[f64]) -> String {
    values.iter().map(|&value| float_repr(value)).collect::<Vec<_>>().join(" ")
}

fn lines(random: &mut Random) -> Vec<String> {
    let r = random;
    let int = |value: i64| BigInt::from(value);
    let ten = |power| BigInt::from(10).pow(power);
    let mut lines = Vec::new();
    for _ in 0..8 {
        let first = float_repr(r.random());
        let bits = [1, 31, 32, 33, 200].map(|bits| r.getrandbits(bits).to_string()).join(" ");
        let bytes: String = r.randbytes(5).iter().map(|byte| format!("{byte:02x}")).collect();
        lines.push(line(&[&first, &bits, &bytes]));
        let below =
            [int(1), int(10), int(1 << 32), ten(30)].map(|limit| r.randrange_below(&limit).unwrap().to_string());
        let far = r.randrange(&int(-5), &ten(25), &int(7)).unwrap();
        let down = r.randrange(&int(9), &int(-9), &int(-4)).unwrap();
        lines.push(line(&[&below.join(" "), &far, &down, &r.randint(&int(-3), &int(3)).unwrap()]));
        let chosen = [1, 52].map(|number| r.choice(number).unwrap().to_string()).join(" ");
        let sizes = [(0, 0), (6, 6), (21, 4), (22, 4), (86, 6), (1_000_000, 9)];
        let samples = sizes.map(|(of, number)| list(r.sample(of, number).unwrap())).join(" ");
        lines.push(line(&[&chosen, &samples]));
        let mut deck: Vec<usize> = (0..13).collect();
        r.shuffle(13).for_each(|(one, other)| deck.swap(one, other));
        lines.push(list(deck));
        let equal = list(r.choices(7, Weights::Equal, 5).unwrap());
        let weighed = list(r.choices(3, Weights::Cumulative(&[5.0, 5.5, 7.5]), 9).unwrap());
        lines.push(line(&[&equal, &weighed, &list(r.choices(1, Weights::Cumulative(&[1.0]), 1).unwrap())]));
        let triangular = [r.uniform(-1.0, 3.5), r.triangular(0.0, 1.0, None), r.triangular(2.0, 9.0, Some(3.0))];
        let flat = { r.triangular(2.0, 2.0, Some(2.0)) as u32 };
        let normal = [r.normalvariate(0.0, 1.0), r.gauss(0.0, 1.0), r.gauss(3.0, 2.0), r.gauss(0.0, 1.0)];
        lines.push(line(&[&floats(&triangular), &flat, &floats(&normal)]));
        let some =
            [r.lognormvariate(0.0, 1.0), r.expovariate(0.5), r.vonmisesvariate(1.0, 0.0), r.vonmisesvariate(1.0, 4.0)];
        let gammas = [0.5, 1.0, 3.0].map(|alpha| r.gammavariate(alpha, 2.0).unwrap());
        lines.push(line(&[&floats(&some), &floats(&gammas)]));
        lines.push(floats(&[r.betavariate(2.0, 3.0).unwrap(), r.paretovariate(3.0), r.weibullvariate(1.0, 2.0)]));
    }
    lines
}

#[test]
fn the_same_seed_gives_the_same_numbers() {
    let mut seeds: Vec<(&str, String)> =
        ["", "a", "seed 42", "déjà vu", &"long ".repeat(100)].map(|text| ("str", text.to_owned())).to_vec();
    seeds.extend(["", "bytes"].map(|text| ("bytes", text.to_owned())));
    let mut seed = BigInt::from(-1);
    for power in 0..40_u32 {
        seeds.push(("int", seed.to_string()));
        seed = seed * 37 + power;
    }
    let cases: Vec<String> = seeds.iter().map(|(kind, seed)| format!("{kind}\t{seed}")).collect();
    let Some(theirs) = python_lines(REFERENCE, &cases) else { return };
    let mut theirs = theirs.iter();
    for (kind, seed) in &seeds {
        let mut random = match *kind {
            "int" => Random::of_int(&seed.parse().unwrap()),
            "str" => Random::of_str(seed),
            _ => Random::of_bytes(seed.as_bytes()),
        };
        for ours in lines(&mut random) {
            assert_eq!(Some(&ours), theirs.next(), "seed {seed}");
        }
    }
    assert_eq!(theirs.next(), None);
}

#[test]
fn what_cannot_be_chosen_is_said_in_pythons_words() {
    let mut random = Random::of_int(&BigInt::from(0));
    let int = |value: i64| BigInt::from(value);
    let value = |message: &str| Fault::Value(message.to_owned());
    let empty = value("empty range for randrange()");
    assert_eq!(random.randrange_below(&int(0)), Err(empty.clone()));
    assert_eq!(random.randrange(&int(3), &int(9), &int(-1)), Err(empty.clone()));
    assert_eq!(random.randrange(&int(3), &int(3), &int(2)), Err(empty));
    assert_eq!(random.randint(&int(3), &int(1)), Err(value("empty range for randrange() (3, 2, -1)")));
    assert_eq!(random.randrange(&int(3), &int(9), &int(0)), Err(value("zero step for randrange()")));
    assert_eq!(random.choice(0), Err("Cannot choose from an empty sequence"));
    assert_eq!(random.sample(3, 4), Err(value("Sample larger than population or is negative")));
    let mut choices = |sums: &[f64]| random.choices(2, Weights::Cumulative(sums), 1);
    assert_eq!(choices(&[1.0]), Err(value("The number of weights does not match the population")));
    assert_eq!(choices(&[0.0, 0.0]), Err(value("Total of weights must be greater than zero")));
    assert_eq!(choices(&[1.0, f64::INFINITY]), Err(value("Total of weights must be finite")));
}
