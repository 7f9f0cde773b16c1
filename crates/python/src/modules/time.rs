//! `time`

use super::add;
use crate::builtins::functions::microseconds;
use crate::object::function::Args;
use crate::object::module::Module;
use crate::raised::Outcome;
use crate::run::timeline::State;
use crate::value::Value;
use crate::vm::Vm;

fn seconds(vm: &mut Vm, args: &mut Args) -> Outcome {
    args.expect("time", false, 0, 0)?;
    Ok(Value::Float(vm.interpreter.clock_us() as f64 / 1e6))
}

fn nanoseconds(vm: &mut Vm, _: &mut Args) -> Outcome {
    Ok(Value::Int(vm.interpreter.clock_us() as i64 * 1000))
}

/// How long the thread has run: without what it waited and slept.
fn running(vm: &mut Vm, _: &mut Args) -> Outcome {
    let ran = vm
        .thread
        .spans()
        .iter()
        .filter(|span| span.state == State::Running)
        .map(|span| span.end_us - span.start_us)
        .sum::<u64>();
    Ok(Value::Float(vm.interpreter.shown_us(ran) as f64 / 1e6))
}

/// Adds what is in it.
pub fn fill(_: &mut Vm, module: &'static Module) {
    add(
        module,
        &[
            ("time", seconds),
            ("perf_counter", seconds),
            ("monotonic", seconds),
            ("process_time", running),
            ("thread_time", running),
            ("time_ns", nanoseconds),
            ("perf_counter_ns", nanoseconds),
            ("monotonic_ns", nanoseconds),
            ("sleep", |vm, args| {
                args.expect("sleep", false, 1, 1)?;
                let us = microseconds(vm, &args.take(0), "sleep length must be non-negative")?;
                vm.sleep(us)?;
                Ok(Value::None)
            }),
        ],
    );
}
