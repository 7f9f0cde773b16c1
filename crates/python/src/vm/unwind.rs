//! Exceptions on their way through calls.

use super::Vm;
use super::frame::Then;
use crate::builtins::types::types;
use crate::object::class::class_of;
use crate::object::exception::Place;
use crate::object::generator::State;
use crate::object::instance::Instance;
use crate::raised::{Outcome, Raised, attribute_error, runtime_error, type_error};
use crate::symbol;
use crate::value::Value;
use std::sync::Arc;

impl Vm {
    /// Takes calls from the stack until one handles the exception; none does down to the one at depth `floor`: an error.
    pub(super) fn unwind(&mut self, raised: Raised, floor: usize) -> Result<(), Raised> {
        let mut exception = match raised {
            Raised::Exception(exception) => exception,
            Raised::Ended => {
                self.drop_frames(floor);
                return Err(Raised::Ended);
            }
        };
        let mut rethrown = std::mem::take(&mut self.rethrown);
        if !rethrown {
            self.set_context(&exception);
        }
        while self.frames.len() > floor {
            let last = self.frames.len() - 1;
            let frame = &self.frames[last];
            let at = frame.pc.saturating_sub(1);
            if !rethrown && let Some(state) = exception.exception() {
                state.lock().traceback.push(Place { code: frame.code, at });
            }
            rethrown = false;
            let handler = frame.code.handlers.iter().find(|handler| handler.from <= at && at < handler.to);
            if let Some(handler) = handler {
                let handled = frame.handled + handler.handled as usize;
                let (target, register) = (handler.target, frame.base + handler.exception as usize);
                self.handled.truncate(handled);
                self.stack[register] = Value::Instance(exception);
                self.frames[last].pc = target;
                return Ok(());
            }
            let Some(frame) = self.pop_frame() else { break };
            if let Some(generator) = &frame.generator {
                *generator.state.lock() = State::Ended;
                self.yielded = false;
                if exception.class.is_a(types().stop_iteration) {
                    let kind = if frame.code.is_coroutine() { "coroutine" } else { "generator" };
                    let Raised::Exception(error) = runtime_error(format!("{kind} raised StopIteration")) else {
                        continue;
                    };
                    if let Some(state) = error.exception() {
                        let mut state = state.lock();
                        state.cause = Some(exception.clone());
                        state.context = Some(exception.clone());
                        state.suppress_context = true;
                    }
                    exception = error;
                }
            }
            if frame.then == Then::Exit {
                break;
            }
        }
        Err(Raised::Exception(exception))
    }

    /// Notes what is being handled while an exception is raised.
    fn set_context(&self, exception: &Arc<Instance>) {
        let Some(handled) = self.handled.last() else { return };
        if Arc::ptr_eq(handled, exception) {
            return;
        }
        let Some(state) = exception.exception() else { return };
        if state.lock().context.is_some() {
            return;
        }
        // No exception may be its own context.
        let mut next = Some(handled.clone());
        for _ in 0..50 {
            let Some(here) = next else { break };
            if Arc::ptr_eq(&here, exception) {
                return;
            }
            next = here.exception().and_then(|it| it.lock().context.clone());
        }
        state.lock().context = Some(handled.clone());
    }

    /// The exception that `raise value` raises.
    pub fn exception_of(&mut self, value: &Value) -> Result<Arc<Instance>, Raised> {
        match value {
            Value::Instance(instance) if instance.exception().is_some() => Ok(instance.clone()),
            Value::Class(class) if class.is_a(types().base_exception) => match self.call(value, [])? {
                Value::Instance(instance) if instance.exception().is_some() => Ok(instance),
                other => Err(type_error(format!(
                    "calling {} should have returned an instance of BaseException, not {}",
                    class.name(),
                    class_of(&other).name()
                ))),
            },
            _ => Err(type_error("exceptions must derive from BaseException")),
        }
    }

    /// `raise value from cause`
    pub(super) fn raise_from(&mut self, value: &Value, cause: &Value) -> Result<Raised, Raised> {
        let exception = self.exception_of(value)?;
        let cause = match cause {
            Value::None => None,
            cause => match self.exception_of(cause) {
                Ok(cause) => Some(cause),
                Err(_) => return Err(type_error("exception causes must derive from BaseException")),
            },
        };
        if let Some(state) = exception.exception() {
            let mut state = state.lock();
            state.cause = cause;
            state.suppress_context = true;
        }
        Ok(Raised::Exception(exception))
    }

    /// What `with` begins: the bound `__exit__`, and what `__enter__` returned.
    pub(super) fn enter_context(&mut self, manager: &Value) -> Result<(Value, Value), Raised> {
        let class = class_of(manager);
        let (Some(enter), Some(exit)) = (class.lookup(symbol::ENTER), class.lookup(symbol::EXIT)) else {
            return Err(type_error(format!(
                "'{}' object does not support the context manager protocol",
                class.full_name()
            )));
        };
        let exit = self.bind(&exit, manager, class)?;
        let enter = self.bind(&enter, manager, class)?;
        let entered = self.call(&enter, [])?;
        Ok((exit, entered))
    }

    /// The value of an attribute of a module that is imported.
    pub(super) fn import_from(&mut self, module: &Value, name: symbol::Symbol) -> Outcome {
        let Value::Module(module) = module else { return Err(attribute_error("not a module")) };
        if let Some(value) = module.get(name) {
            return Ok(value);
        }
        let full = format!("{}.{}", module.name, name.text());
        if crate::modules::is_known(&full) {
            return Ok(Value::Module(crate::modules::import(self, &full)?));
        }
        let (name, module) = (name.text(), module.name);
        Err(crate::raised::import_error(format!("cannot import name '{name}' from '{module}' (unknown location)")))
    }
}

/// Whether an exception is of a class, or of one of a tuple of classes.
pub fn matches(exception: &Value, class: &Value) -> Result<bool, Raised> {
    match class {
        Value::Class(class) if class.is_a(types().base_exception) => Ok(class_of(exception).is_a(class)),
        Value::Tuple(classes) => {
            for class in classes.iter() {
                if matches(exception, class)? {
                    return Ok(true);
                }
            }
            Ok(false)
        }
        _ => Err(type_error("catching classes that do not inherit from BaseException is not allowed")),
    }
}

/// The exception's own message, for who shows it.
pub fn arguments(exception: &Instance) -> Vec<Value> {
    exception.exception().map(|it| it.lock().args.clone()).unwrap_or_default()
}
