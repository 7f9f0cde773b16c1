//! How calls end: by a result, or, of generators, for a while.

use super::Vm;
use super::construct::init_returned;
use super::frame::Then;
use crate::compile::instr::Reg;
use crate::object::generator::State;
use crate::raised::Raised;
use crate::value::Value;

impl Vm {
    /// The innermost call returns a value: that of the call at depth `floor`, or none if its caller goes on.
    #[inline]
    pub(super) fn return_value(&mut self, value: Value, floor: usize) -> Result<Option<Value>, Raised> {
        let last = self.frames.len() - 1;
        let frame = &mut self.frames[last];
        if let Then::To(d) = frame.then
            && frame.generator.is_none()
            && frame.namespace.is_none()
        {
            // Most calls: nothing to look after.
            let (base, end, handled) = (frame.base, frame.base + frame.code.registers, frame.handled);
            self.frames.truncate(last);
            self.clear(base, end);
            self.handled.truncate(handled);
            if last == floor {
                return Ok(Some(value));
            }
            let base = self.frames[last - 1].base;
            self.put(base + d as usize, value);
            return Ok(None);
        }
        if let Then::Construct(_) = frame.then
            && !value.is_none()
        {
            return Err(init_returned(&value));
        }
        if let Some(names) = frame.namespace.take() {
            self.left = Some((*names, self.stack[frame.base].clone()));
        }
        let Some(frame) = self.pop_frame() else { return Ok(Some(value)) };
        if let Some(generator) = &frame.generator {
            *generator.state.lock() = State::Ended;
            self.yielded = false;
        }
        if last == floor {
            return Ok(Some(value));
        }
        let base = self.frames[last - 1].base;
        match frame.then {
            Then::To(d) | Then::Send(d) => self.put(base + d as usize, value),
            Then::Construct(d) => self.put(base + d as usize, frame.object),
            Then::Next { to, .. } => self.frames[last - 1].pc = to,
            Then::Exit => return Ok(Some(value)),
        }
        Ok(None)
    }

    /// The innermost call, a generator, yields a value: that of the call at depth `floor`, or none if its caller goes on.
    pub(super) fn yield_value(
        &mut self,
        value: Value,
        pc: u32,
        sent_to: Reg,
        delegate: Option<Value>,
        floor: usize,
    ) -> Option<Value> {
        let (mut pc, mut sent_to, mut delegate) = (pc, sent_to, delegate);
        loop {
            let frame = self.frames.pop()?;
            let registers = &mut self.stack[frame.base..frame.base + frame.code.registers];
            let registers = registers.iter_mut().map(std::mem::take).collect();
            self.handled.truncate(frame.handled);
            if let Some(generator) = &frame.generator {
                let waiting = State::Waiting { registers, pc, sent_to: Some(sent_to), delegate: delegate.take() };
                *generator.state.lock() = waiting;
            }
            self.yielded = true;
            if self.frames.len() == floor {
                return Some(value);
            }
            let last = self.frames.len() - 1;
            match frame.then {
                Then::Next { d, .. } | Then::To(d) => {
                    let base = self.frames[last].base;
                    self.put(base + d as usize, value);
                    return None;
                }
                Then::Send(d) => {
                    // The caller delegates: it yields the same, and goes on with the same instruction.
                    pc = self.frames[last].pc - 1;
                    sent_to = d;
                    delegate = frame.generator.map(Value::Generator);
                }
                Then::Construct(_) => return None,
                Then::Exit => return Some(value),
            }
        }
    }
}
