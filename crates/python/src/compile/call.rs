//! Calls.

use super::display::AT_ONCE;
use super::instr::{Instr, Reg};
use super::{Compiled, Compiler};
use crate::symbol::{self, Symbol};
use ruff_python_ast::{Arguments, Expr, ExprCall};

impl<'a> Compiler<'a> {
    pub fn call(&mut self, call: &'a ExprCall, d: Reg) -> Compiled<()> {
        let Arguments { args, keywords, .. } = &call.arguments;
        if let Expr::Name(name) = &*call.func
            && &name.id == "super"
            && args.is_empty()
            && keywords.is_empty()
        {
            return self.super_call(call, d);
        }
        let unpacked = args.iter().any(Expr::is_starred_expr) || keywords.iter().any(|keyword| keyword.arg.is_none());
        if unpacked || args.len() + keywords.len() > AT_ONCE * 2 {
            return self.call_unpacked(call, d);
        }
        if let (Expr::Attribute(attribute), true) = (&*call.func, keywords.is_empty()) {
            let f = self.fresh(&attribute.value)?;
            let name = self.attribute(&attribute.attr);
            let site = self.site(name);
            if !args.iter().all(|arg| arg.is_name_expr() || arg.is_literal_expr()) {
                self.emit(Instr::NeedMethod { a: f, site });
            }
            self.row(args)?;
            self.emit(Instr::CallMethod { d, f, count: args.len() as u8, site });
            return Ok(());
        }
        let f = self.fresh(&call.func)?;
        self.row(args)?;
        let count = (args.len() + keywords.len()) as u8;
        if keywords.is_empty() {
            self.emit(Instr::Call { d, f, count });
            return Ok(());
        }
        let mut names = Vec::new();
        for keyword in keywords {
            let name = Symbol::of(keyword.arg.as_ref().map_or("", |name| name.as_str()));
            if names.contains(&name) {
                return self.problem(keyword, format!("keyword argument repeated: {}", name.text()));
            }
            names.push(name);
            self.fresh(&keyword.value)?;
        }
        let names = self.keyword_names(names);
        self.emit(Instr::CallNamed { d, f, count, names });
        Ok(())
    }

    fn call_unpacked(&mut self, call: &'a ExprCall, d: Reg) -> Compiled<()> {
        let f = self.fresh(&call.func)?;
        let (list, dict) = (self.temp()?, self.temp()?);
        let a = self.temps(2)?;
        self.emit(Instr::MakeList { d: list, a, count: 0 });
        for arg in &call.arguments.args {
            match arg {
                Expr::Starred(starred) => {
                    self.value(&starred.value, a)?;
                    self.emit(Instr::ExtendArguments { a: list, b: a });
                }
                _ => {
                    self.value(arg, a)?;
                    self.emit(Instr::Append { a: list, b: a });
                }
            }
        }
        self.emit(Instr::MakeDict { d: dict, a, count: 0 });
        for keyword in &call.arguments.keywords {
            match &keyword.arg {
                Some(name) => {
                    self.string(a, name);
                    self.value(&keyword.value, a + 1)?;
                    self.emit(Instr::AddToDict { a: dict, b: a });
                }
                None => {
                    self.value(&keyword.value, a)?;
                    self.emit(Instr::UpdateNamed { a: dict, b: a });
                }
            }
        }
        self.emit(Instr::CallUnpacked { d, f });
        Ok(())
    }

    fn super_call(&mut self, call: &'a ExprCall, d: Reg) -> Compiled<()> {
        let free = self.unit().scope.free.iter().position(|name| *name == symbol::CLASS);
        let first = self.unit().variables.first().copied();
        let (Some(free), Some(first)) = (free, first) else {
            return self.problem(call, "super(): no arguments");
        };
        let class = self.temp()?;
        let object = self.temp()?;
        self.emit(Instr::LoadFree { d: class, free: free as u8 });
        self.load(first, object);
        self.emit(Instr::Super { d: class, a: object });
        self.emit(Instr::Take { d, a: class });
        Ok(())
    }
}
