//! What a built engine must be: a wasm module that imports a *shared* memory.
//!
//! With the target features alone, the compiler silently builds a module with a memory of its own, in which every
//! "thread" is alone. Nothing fails until somebody measures; so the build asks here.

use anyhow::{Context, Result, bail};
use wasmparser::{MemoryType, Parser, Payload, TypeRef};

/// The shared memory that an engine imports, in pages of 64 KiB.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SharedMemory {
    /// Pages at the start.
    pub initial_pages: u64,
    /// The most pages it may grow to.
    pub maximum_pages: u64,
}

/// The one shared memory `wasm` imports; an error says what is there instead.
pub fn imports_shared_memory(wasm: &[u8]) -> Result<SharedMemory> {
    let mut imported = Vec::new();
    let mut own = 0;
    for payload in Parser::new(0).parse_all(wasm) {
        match payload.context("not a wasm module")? {
            Payload::ImportSection(section) => {
                for import in section.into_imports() {
                    if let TypeRef::Memory(memory) = import?.ty {
                        imported.push(memory);
                    }
                }
            }
            Payload::MemorySection(section) => own += section.count(),
            _ => {}
        }
    }
    match imported.as_slice() {
        [MemoryType { shared: true, initial, maximum: Some(maximum), .. }] => {
            Ok(SharedMemory { initial_pages: *initial, maximum_pages: *maximum })
        }
        [MemoryType { shared: true, .. }] => bail!("the module's shared memory has no maximum"),
        [_] => bail!("the module imports a memory, but not a shared one: its workers could not be threads"),
        [] if own > 0 => bail!("the module has a memory of its own and imports none: its workers could not be threads"),
        [] => bail!("the module has no memory"),
        _ => bail!("the module imports {} memories instead of one", imported.len()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A module of one import section with one memory of the given limits.
    fn importing(limits: &[u8]) -> Vec<u8> {
        let mut entry = b"\x01\x03env\x06memory\x02".to_vec();
        entry.extend(limits);
        let mut wasm = b"\0asm\x01\0\0\0".to_vec();
        wasm.extend([2, u8::try_from(entry.len()).unwrap()]);
        wasm.extend(entry);
        wasm
    }

    #[test]
    fn a_shared_import_is_what_is_wanted() {
        let memory = imports_shared_memory(&importing(&[3, 17, 32])).unwrap();
        assert_eq!(memory, SharedMemory { initial_pages: 17, maximum_pages: 32 });
    }

    #[test]
    fn an_unshared_import_is_refused() {
        let error = imports_shared_memory(&importing(&[1, 17, 32])).unwrap_err().to_string();
        assert!(error.contains("not a shared one"), "{error}");
    }

    #[test]
    fn a_memory_of_its_own_is_refused() {
        let wasm = b"\0asm\x01\0\0\0\x05\x03\x01\0\x11";
        let error = imports_shared_memory(wasm).unwrap_err().to_string();
        assert!(error.contains("of its own"), "{error}");
    }

    #[test]
    fn no_memory_and_no_module_are_refused() {
        assert!(imports_shared_memory(b"\0asm\x01\0\0\0").unwrap_err().to_string().contains("no memory"));
        assert!(imports_shared_memory(b"<!doctype html>").is_err());
    }
}
