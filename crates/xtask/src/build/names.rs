//! Short names for what a wasm module and its script have in common.
//!
//! wasm-bindgen names each function of the browser's that a module imports, and each closure, with a hash: hundreds of names that
//! do not compress, once in the module and once in the script. Nobody but these two ever uses them. Short ones save 4 % of the page and
//! 3 % of a small engine, compressed.
//!
//! binaryen's `--minify-imports-and-exports-and-modules` saves the same in a module, but also renames what scripts use for other things
//! too, such as that of the memory, and leaves the script to others.

use std::collections::BTreeMap;

use anyhow::{Context, Result, bail};
use wasm_encoder::{
    ExportSection, ImportSection, Module, RawSection,
    reencode::{Reencode, RoundtripReencoder},
};
use wasmparser::{Parser, Payload};

/// What wasm-bindgen's names begin with. Others are for people, such as a lab's own exports.
const GENERATED: [&str; 4] = ["__wbg_", "__wbindgen_", "__externref_", "wasm_bindgen_"];

/// Names and what they become.
#[derive(Debug, Default)]
pub(super) struct Names {
    short: BTreeMap<String, String>,
    /// Of the scripts that a module imports from: each of its imports has one.
    scripts: BTreeMap<String, String>,
    imported: Vec<String>,
}

impl Names {
    /// The generated names of a module, numbered in its order: the same for the same module.
    pub(super) fn of(module: &[u8]) -> Result<Names> {
        let mut names = Names::default();
        for payload in Parser::new(0).parse_all(module) {
            match payload? {
                Payload::ImportSection(section) => {
                    for import in section.into_imports() {
                        let import = import?;
                        let next = format!("${}", base36(names.scripts.len()));
                        names.scripts.entry(import.module.to_owned()).or_insert(next);
                        if names.add(import.name) {
                            names.imported.push(import.name.to_owned());
                        }
                    }
                }
                Payload::ExportSection(section) => {
                    for export in section {
                        names.add(export?.name);
                    }
                }
                _ => {}
            }
        }
        Ok(names)
    }

    fn add(&mut self, name: &str) -> bool {
        let generated = GENERATED.iter().any(|start| name.starts_with(start));
        if generated {
            let next = self.short.len();
            // A dollar begins none of the names that minifiers give.
            self.short.entry(name.to_owned()).or_insert_with(|| format!("${}", base36(next)));
        }
        generated
    }

    fn shorten<'a>(&'a self, name: &'a str) -> &'a str {
        self.short.get(name).map_or(name, String::as_str)
    }

    /// The module with short names.
    pub(super) fn in_module(&self, module: &[u8]) -> Result<Vec<u8>> {
        let mut shortened = Module::new();
        for payload in Parser::new(0).parse_all(module) {
            match payload? {
                Payload::ImportSection(section) => {
                    let mut imports = ImportSection::new();
                    for import in section.into_imports() {
                        let import = import?;
                        let kind = RoundtripReencoder.entity_type(import.ty).context("an import of an unknown kind")?;
                        let script = self.scripts.get(import.module).map_or(import.module, String::as_str);
                        imports.import(script, self.shorten(import.name), kind);
                    }
                    shortened.section(&imports);
                }
                Payload::ExportSection(section) => {
                    let mut exports = ExportSection::new();
                    for export in section {
                        let export = export?;
                        let kind =
                            RoundtripReencoder.export_kind(export.kind).context("an export of an unknown kind")?;
                        exports.export(self.shorten(export.name), kind, export.index);
                    }
                    shortened.section(&exports);
                }
                // What built it, and for which features: no browser reads that.
                Payload::CustomSection(_) => {}
                other => {
                    if let Some((id, range)) = other.as_section() {
                        shortened.section(&RawSection { id, data: &module[range.start as usize..range.end as usize] });
                    }
                }
            }
        }
        Ok(shortened.finish())
    }

    /// The module's script with short names. It must provide all that the module imports.
    pub(super) fn in_script(&self, script: &str) -> Result<String> {
        let quoted = |name: &String| format!("\"{name}\"");
        let missing_script = self.scripts.keys().map(quoted).find(|name| !script.contains(name));
        let missing = self.imported.iter().find(|name| !script.contains(*name));
        if let Some(missing) = missing.or(missing_script.as_ref()) {
            bail!("the script does not provide {missing}: look at the new wasm-bindgen");
        }
        let of_name = |c: char| c.is_ascii_alphanumeric() || c == '_' || c == '$';
        let mut shortened = String::new();
        let mut rest = script;
        while let Some(from) = rest.find(of_name) {
            let len = rest[from..].find(|c| !of_name(c)).unwrap_or(rest.len() - from);
            shortened += &rest[..from];
            shortened += self.shorten(&rest[from..from + len]);
            rest = &rest[from + len..];
        }
        shortened += rest;
        Ok(self.scripts.iter().fold(shortened, |script, (long, short)| script.replace(&quoted(long), &quoted(short))))
    }
}

fn base36(mut number: usize) -> String {
    let mut digits = Vec::new();
    loop {
        digits.extend(char::from_digit((number % 36) as u32, 36));
        number /= 36;
        if number == 0 {
            return digits.iter().rev().collect();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use wasm_encoder::{CodeSection, EntityType, ExportKind, Function, FunctionSection, TypeSection};

    /// Imports two functions from `script`, exports a third under two names.
    fn module(script: &str, imports: [&str; 2], exports: [&str; 2]) -> Vec<u8> {
        let mut module = Module::new();
        let mut types = TypeSection::new();
        types.ty().function([], []);
        let mut imported = ImportSection::new();
        for name in imports {
            imported.import(script, name, EntityType::Function(0));
        }
        let mut functions = FunctionSection::new();
        functions.function(0);
        let mut exported = ExportSection::new();
        for name in exports {
            exported.export(name, ExportKind::Func, 2);
        }
        let mut code = CodeSection::new();
        let mut body = Function::new([]);
        body.instructions().end();
        code.function(&body);
        module.section(&types).section(&imported).section(&functions).section(&exported).section(&code);
        module.finish()
    }

    #[test]
    fn generated_names_become_short_in_both() {
        let long = module("./a_bg.js", ["__wbg_now_0123", "tickMs"], ["__wbindgen_malloc", "interleave_host"]);
        let names = Names::of(&long).unwrap();
        assert_eq!(names.in_module(&long).unwrap(), module("$0", ["$0", "tickMs"], ["$1", "interleave_host"]));
        let script =
            "i={\"./a_bg.js\":x};x={__wbg_now_0123:()=>w.__wbindgen_malloc,__wbg_now_01234:1,tickMs};w.interleave_host";
        let short = "i={\"$0\":x};x={$0:()=>w.$1,__wbg_now_01234:1,tickMs};w.interleave_host";
        assert_eq!(names.in_script(script).unwrap(), short);
    }

    #[test]
    fn a_script_that_lacks_an_import_is_refused() {
        let names = Names::of(&module("./a_bg.js", ["__wbg_now_0123", "tickMs"], ["a", "b"])).unwrap();
        let refusal = |script| names.in_script(script).unwrap_err().to_string();
        assert!(refusal("\"./a_bg.js\";w.tickMs").contains("__wbg_now_0123"));
        assert!(refusal("w.__wbg_now_0123").contains("./a_bg.js"));
    }

    #[test]
    fn numbers_are_short() {
        assert_eq!([0, 35, 36, 1295].map(base36), ["0", "z", "10", "zz"]);
    }
}
