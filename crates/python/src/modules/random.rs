//! `_random`: the generator of `random`.

use super::float;
use crate::builtins::native;
use crate::builtins::types::types;
use crate::guarded::Guarded;
use crate::object::class::{Class, Definition, Namespace};
use crate::object::function::{Args, Binds, NativeFn};
use crate::object::instance::{Inner, Instance};
use crate::object::module::Module;
use crate::raised::{Outcome, Raised, type_error};
use crate::random::Random;
use crate::symbol::Symbol;
use crate::value::Value;
use crate::vm::Vm;
use num_bigint::BigInt;
use std::sync::Arc;

type Generator = Guarded<Random>;

fn seeded(vm: &mut Vm, seed: &Value) -> Result<Random, Raised> {
    Ok(match seed.plain() {
        Value::None | Value::Unbound => Random::of_int(&BigInt::from(interleave_threads::now_us())),
        Value::Str(text) => Random::of_str(text.as_str()),
        Value::Bytes(bytes) => Random::of_bytes(&bytes.0),
        plain => match plain.as_big() {
            Some(seed) => Random::of_int(&seed),
            None => Random::of_int(&BigInt::from(vm.hash(seed)?)),
        },
    })
}

fn with<T>(args: &Args, then: impl FnOnce(&mut Random) -> T) -> Result<T, Raised> {
    match args.values.first() {
        Some(Value::Instance(own)) if own.native::<Generator>().is_some() => {
            let generator = own.native::<Generator>().ok_or_else(|| type_error("not a generator"))?;
            Ok(then(&mut generator.lock()))
        }
        _ => Err(type_error("not a generator")),
    }
}

fn big(args: &mut Args, at: usize) -> Result<BigInt, Raised> {
    let value = args.take(at);
    value.as_big().ok_or_else(|| {
        let class = crate::object::class::class_of(&value).name();
        type_error(format!("'{class}' object cannot be interpreted as an integer"))
    })
}

const METHODS: &[(&str, NativeFn)] = &[
    ("seed", |vm, args| {
        let seed = args.take(1);
        let fresh = seeded(vm, &seed)?;
        with(args, |random| *random = fresh)?;
        Ok(Value::None)
    }),
    ("random", |_, args| with(args, Random::random).map(Value::Float)),
    ("getrandbits", |vm, args| {
        let bits = vm.count_of(&args.take(1))?;
        with(args, |random| random.getrandbits(bits)).map(Value::big)
    }),
    ("randrange", |_, args| {
        let (start, stop, step) = (big(args, 1)?, big(args, 2)?, big(args, 3)?);
        Ok(Value::big(with(args, |random| random.randrange(&start, &stop, &step))??))
    }),
    ("below", |_, args| {
        let limit = big(args, 1)?;
        Ok(Value::big(with(args, |random| random.randrange_below(&limit))??))
    }),
    ("uniform", |vm, args| {
        let (low, high) = (float(vm, args, 1)?, float(vm, args, 2)?);
        with(args, |random| random.uniform(low, high)).map(Value::Float)
    }),
    ("triangular", |vm, args| {
        let (low, high) = (float(vm, args, 1)?, float(vm, args, 2)?);
        let mode = args.take(3).as_float();
        with(args, |random| random.triangular(low, high, mode)).map(Value::Float)
    }),
    ("gauss", |vm, args| {
        let (mean, deviation) = (float(vm, args, 1)?, float(vm, args, 2)?);
        with(args, |random| random.gauss(mean, deviation)).map(Value::Float)
    }),
    ("normalvariate", |vm, args| {
        let (mean, deviation) = (float(vm, args, 1)?, float(vm, args, 2)?);
        with(args, |random| random.normalvariate(mean, deviation)).map(Value::Float)
    }),
    ("expovariate", |vm, args| {
        let rate = float(vm, args, 1)?;
        if rate == 0.0 {
            return Err(crate::raised::zero_division_error("float division by zero"));
        }
        with(args, |random| random.expovariate(rate)).map(Value::Float)
    }),
    ("choice_of", |vm, args| {
        let count = vm.count_of(&args.take(1))?;
        match with(args, |random| random.choice(count))? {
            Ok(at) => Ok(Value::count(at)),
            Err(message) => Err(crate::raised::index_error(message)),
        }
    }),
    ("shuffle_of", |vm, args| {
        let count = vm.count_of(&args.take(1))?;
        let swaps = with(args, |random| random.shuffle(count).collect::<Vec<_>>())?;
        Ok(Value::list(swaps.into_iter().map(|(a, b)| Value::tuple([Value::count(a), Value::count(b)])).collect()))
    }),
    ("sample_of", |vm, args| {
        let (population, count) = (vm.count_of(&args.take(1))?, vm.index(&args.take(2))?);
        let count = usize::try_from(count).unwrap_or(usize::MAX);
        let places = with(args, |random| random.sample(population, count))??;
        Ok(Value::list(places.into_iter().map(Value::count).collect()))
    }),
];

fn construct(vm: &mut Vm, args: &mut Args) -> Outcome {
    let Value::Class(class) = args.take(0) else { return Err(type_error("not a class")) };
    let seed = args.take(1);
    let random = Guarded::new(seeded(vm, &seed)?);
    Ok(Value::Instance(Arc::new(Instance::new(class, Inner::Native(Box::new(random))))))
}

/// Adds what is in it.
pub fn fill(_: &mut Vm, module: &'static Module) {
    let mut attributes = Namespace::default();
    for &(name, call) in METHODS {
        attributes.set(Symbol::of(name), native(name, Binds::Object, call));
    }
    let definition = Definition {
        name: "Random",
        qualname: "Random",
        module: "random",
        bases: vec![types().object],
        attributes,
        construct: Some(construct),
        in_python: false,
    };
    let class = Class::create(definition).expect("one base is always in order");
    module.set(Symbol::of("Random"), Value::Class(class));
}
