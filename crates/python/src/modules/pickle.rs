//! `_pickle`: values as bytes and back.

use super::add;
use crate::object::bytes::Bytes;
use crate::object::module::Module;
use crate::pickle::{dumps, loads};
use crate::raised::type_error;
use crate::value::Value;
use crate::vm::Vm;
use std::sync::Arc;

/// Adds what is in it.
pub fn fill(_: &mut Vm, module: &'static Module) {
    add(
        module,
        &[
            ("dumps", |vm, args| {
                let value = args.take(0);
                Ok(Value::Bytes(Arc::new(Bytes(dumps(vm, &value)?))))
            }),
            ("loads", |vm, args| match args.take(0) {
                Value::Bytes(bytes) => loads(vm, &bytes.0),
                _ => Err(type_error("a bytes-like object is required")),
            }),
        ],
    );
}
