//! Generators and coroutines.

use super::Vm;
use super::frame::{Frame, Then};
use crate::builtins::types::types;
use crate::object::class::class_of;
use crate::object::exception::Exception;
use crate::object::generator::{Generator, State};
use crate::raised::{Outcome, Raised, recursion_error, runtime_error, stop_iteration, type_error, value_error};
use crate::symbol;
use crate::value::Value;
use std::sync::Arc;

impl Vm {
    /// Lets a generator go on with a value: whether it has not ended before.
    pub(super) fn resume(&mut self, generator: &Arc<Generator>, sent: Value, then: Then) -> Result<bool, Raised> {
        let state = std::mem::replace(&mut *generator.state.lock(), State::Running);
        let (registers, pc, sent_to) = match state {
            State::Waiting { registers, pc, sent_to, .. } => (registers, pc, sent_to),
            State::Running => return Err(value_error("generator already executing")),
            State::Ended => {
                *generator.state.lock() = State::Ended;
                if generator.callee.code().is_coroutine() {
                    return Err(runtime_error("cannot reuse already awaited coroutine"));
                }
                return Ok(false);
            }
        };
        if sent_to.is_none() && !sent.is_none() {
            *generator.state.lock() = State::Waiting { registers, pc, sent_to, delegate: None };
            let kind = class_of(&Value::Generator(generator.clone())).name();
            return Err(type_error(format!("can't send non-None value to a just-started {kind}")));
        }
        self.push_generator(generator, registers, pc, then)?;
        if let (Some(d), Some(frame)) = (sent_to, self.frames.last()) {
            let at = frame.base + d as usize;
            self.stack[at] = sent;
        }
        Ok(true)
    }

    fn push_generator(
        &mut self,
        generator: &Arc<Generator>,
        registers: Vec<Value>,
        pc: u32,
        then: Then,
    ) -> Result<(), Raised> {
        if self.frames.len() >= self.deepest {
            *generator.state.lock() = State::Ended;
            return Err(recursion_error("maximum recursion depth exceeded"));
        }
        let base = self.top();
        let end = base + registers.len();
        if self.stack.len() < end {
            self.stack.resize(end + 64, Value::Unbound);
        }
        for (value, at) in registers.into_iter().zip(base..) {
            self.stack[at] = value;
        }
        self.frames.push(Frame {
            callee: generator.callee.clone(),
            code: generator.callee.code(),
            base,
            pc,
            then,
            handled: self.handled.len(),
            namespace: None,
            object: Value::Unbound,
            generator: Some(generator.clone()),
        });
        Ok(())
    }

    /// Sends a value to a generator: what it yields, or else what it returns.
    pub fn send_to_generator(
        &mut self,
        generator: &Arc<Generator>,
        value: Value,
    ) -> Result<Result<Value, Value>, Raised> {
        if !self.resume(generator, value, Then::Exit)? {
            return Ok(Err(Value::None));
        }
        let value = self.run()?;
        Ok(if self.yielded { Ok(value) } else { Err(value) })
    }

    /// Sends a value to any iterator: what it yields, or else what it returns.
    pub fn send(&mut self, iterator: &Value, value: Value) -> Result<Result<Value, Value>, Raised> {
        if let Value::Generator(generator) = iterator {
            return self.send_to_generator(generator, value);
        }
        if value.is_none() {
            return self.next_or_result(iterator);
        }
        let method = self.get_attribute(iterator, symbol::Symbol::of("send"))?;
        match self.call(&method, [value]) {
            Ok(value) => Ok(Ok(value)),
            Err(raised) => result_of(raised).map(Err),
        }
    }

    /// The next item of an iterator, or else what it returned.
    fn next_or_result(&mut self, iterator: &Value) -> Result<Result<Value, Value>, Raised> {
        if let Value::Instance(_) = iterator {
            return match self.call_special(iterator, symbol::NEXT, []) {
                Ok(Some(value)) => Ok(Ok(value)),
                Ok(None) => Err(crate::raised::is_not(iterator, "an iterator")),
                Err(raised) => result_of(raised).map(Err),
            };
        }
        Ok(self.next(iterator)?.ok_or(Value::None))
    }

    /// Raises an exception where a generator waits: what it yields next, or else what it returns.
    pub fn throw(&mut self, generator: &Arc<Generator>, exception: Value) -> Result<Result<Value, Value>, Raised> {
        let exception = self.exception_of(&exception)?;
        let state = std::mem::replace(&mut *generator.state.lock(), State::Running);
        let (registers, pc, sent_to, delegate) = match state {
            State::Waiting { registers, pc, sent_to, delegate } => (registers, pc, sent_to, delegate),
            State::Running => return Err(value_error("generator already executing")),
            State::Ended => {
                *generator.state.lock() = State::Ended;
                return Err(Raised::Exception(exception));
            }
        };
        if sent_to.is_none() {
            *generator.state.lock() = State::Ended;
            return Err(Raised::Exception(exception));
        }
        let raised = match delegate {
            Some(inner) => match self.throw_into(&inner, exception) {
                Ok(Ok(yielded)) => {
                    *generator.state.lock() = State::Waiting { registers, pc, sent_to, delegate: Some(inner) };
                    return Ok(Ok(yielded));
                }
                Ok(Err(returned)) => {
                    // Goes on behind the delegation, with its result.
                    self.push_generator(generator, registers, pc + 1, Then::Exit)?;
                    if let (Some(d), Some(frame)) = (sent_to, self.frames.last()) {
                        let at = frame.base + d as usize;
                        self.stack[at] = returned;
                    }
                    let value = self.run()?;
                    return Ok(if self.yielded { Ok(value) } else { Err(value) });
                }
                Err(raised) => {
                    self.push_generator(generator, registers, pc + 1, Then::Exit)?;
                    raised
                }
            },
            None => {
                self.push_generator(generator, registers, pc, Then::Exit)?;
                Raised::Exception(exception)
            }
        };
        let floor = self.frames.len() - 1;
        self.unwind(raised, floor)?;
        let value = self.run()?;
        Ok(if self.yielded { Ok(value) } else { Err(value) })
    }

    fn throw_into(
        &mut self,
        inner: &Value,
        exception: Arc<crate::object::instance::Instance>,
    ) -> Result<Result<Value, Value>, Raised> {
        match inner {
            Value::Generator(generator) => self.throw(generator, Value::Instance(exception)),
            Value::Instance(_) => {
                let Ok(method) = self.get_attribute(inner, symbol::Symbol::of("throw")) else {
                    return Err(Raised::Exception(exception));
                };
                match self.call(&method, [Value::Instance(exception)]) {
                    Ok(value) => Ok(Ok(value)),
                    Err(raised) => result_of(raised).map(Err),
                }
            }
            _ => Err(Raised::Exception(exception)),
        }
    }

    /// Ends a generator: raises `GeneratorExit` where it waits.
    pub fn close(&mut self, generator: &Arc<Generator>) -> Outcome {
        let fresh = {
            let mut state = generator.state.lock();
            match &*state {
                State::Ended => return Ok(Value::None),
                State::Waiting { sent_to: None, .. } => Some(std::mem::replace(&mut *state, State::Ended)),
                _ => None,
            }
        };
        if fresh.is_some() {
            return Ok(Value::None);
        }
        let exit = Value::Instance(Exception::instance(types().generator_exit, Vec::new()));
        match self.throw(generator, exit) {
            Ok(Ok(_)) => Err(runtime_error("generator ignored GeneratorExit")),
            Ok(Err(_)) => Ok(Value::None),
            Err(raised) if raised.is(types().generator_exit) || raised.is(types().stop_iteration) => Ok(Value::None),
            Err(raised) => Err(raised),
        }
    }

    /// What `yield from` or `await` delegates to.
    pub(super) fn delegate(&mut self, value: &Value, awaits: bool) -> Outcome {
        if !awaits {
            return self.iterate(value);
        }
        match value {
            Value::Generator(generator) if generator.callee.code().is_coroutine() => Ok(value.clone()),
            _ => match self.call_special(value, symbol::AWAIT, [])? {
                Some(iterator) => Ok(iterator),
                None => {
                    Err(type_error(format!("object {} can't be used in 'await' expression", class_of(value).name())))
                }
            },
        }
    }

    /// The next item of a generator, for our functions.
    pub(super) fn next_of_generator(&mut self, generator: &Arc<Generator>) -> Result<Option<Value>, Raised> {
        Ok(self.send_to_generator(generator, Value::None)?.ok())
    }
}

/// What a generator returned, if it is `StopIteration` that was raised.
pub fn result_of(raised: Raised) -> Outcome {
    match &raised {
        Raised::Exception(exception) if exception.class.is_a(types().stop_iteration) => {
            Ok(exception.exception().and_then(|it| it.lock().args.first().cloned()).unwrap_or(Value::None))
        }
        _ => Err(raised),
    }
}

/// What `send`, `throw` and `__next__` give: what was yielded, or `StopIteration`.
pub fn yielded(outcome: Result<Value, Value>) -> Outcome {
    outcome.map_err(stop_iteration)
}
