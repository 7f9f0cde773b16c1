//! Functions and classes.

use super::code::{Code, Kind, Params};
use super::instr::{Instr, Reg};
use super::scope::{Scope, ScopeKind};
use super::unit::Unit;
use super::{Compiled, Compiler};
use crate::symbol::{self, Symbol};
use crate::value::Value;
use ruff_python_ast::{Decorator, Expr, ExprLambda, Parameters, Stmt, StmtClassDef, StmtFunctionDef};
use ruff_text_size::{Ranged, TextRange};

impl<'a> Unit<'a> {
    /// Whether one can return from it.
    pub fn is_function(&self) -> bool {
        self.scope.kind == ScopeKind::Function
    }
}

impl<'a> Compiler<'a> {
    /// The innermost scope that code is made for.
    pub fn scope_here(&mut self) -> &'a Scope {
        let unit = self.unit();
        unit.comprehensions.last().map_or(unit.scope, |(scope, _)| scope)
    }

    /// A name with those of what is around.
    pub fn qualified(&mut self, name: &str) -> String {
        let unit = self.unit();
        match unit.scope.kind {
            ScopeKind::Module => name.to_owned(),
            ScopeKind::Class => format!("{}.{name}", unit.qualname),
            _ if unit.scope.globals.contains(&Symbol::of(name)) => name.to_owned(),
            _ => format!("{}.<locals>.{name}", unit.qualname),
        }
    }

    /// Gives variables their registers; the first ones have values.
    pub fn declare(&mut self, names: impl Iterator<Item = Symbol>, given: usize) -> Compiled<()> {
        for name in names {
            if self.unit().variables.contains(&name) {
                continue;
            }
            let reg = self.temp()?;
            self.unit().variables.push(name);
            if (reg as usize) < given {
                self.now_assigned(reg);
            }
        }
        let scope = self.unit().scope;
        for at in 0..self.unit().variables.len() {
            if scope.cells.contains(&self.unit().variables[at]) {
                self.emit(Instr::MakeCell { d: at as Reg });
            }
        }
        Ok(())
    }

    fn params(&mut self, parameters: &Parameters) -> Params {
        let positional = parameters.posonlyargs.iter().chain(&parameters.args);
        let names = positional.chain(&parameters.kwonlyargs).map(|param| Symbol::of(&param.parameter.name));
        Params {
            names: names.collect(),
            positional_only: parameters.posonlyargs.len() as u8,
            positional: (parameters.posonlyargs.len() + parameters.args.len()) as u8,
            rest: parameters.vararg.is_some(),
            named_rest: parameters.kwarg.is_some(),
        }
    }

    /// Defaults, in the two registers from `f` on: a tuple, and a tuple for keyword-only parameters; `None` if there are none.
    fn defaults(&mut self, parameters: &'a Parameters, f: Reg) -> Compiled<()> {
        let positional = parameters.posonlyargs.iter().chain(&parameters.args);
        let positional: Vec<_> = positional.filter_map(|param| param.default.as_deref()).collect();
        if positional.is_empty() {
            self.emit(Instr::None { d: f });
        } else {
            let first = self.unit().next as Reg;
            for default in &positional {
                self.fresh(default)?;
            }
            self.emit(Instr::MakeTuple { d: f, a: first, count: positional.len() as u8 });
        }
        if parameters.kwonlyargs.iter().all(|param| param.default.is_none()) {
            self.emit(Instr::None { d: f + 1 });
            return Ok(());
        }
        let first = self.unit().next as Reg;
        for param in &parameters.kwonlyargs {
            let d = self.temp()?;
            match &param.default {
                Some(default) => self.value(default, d)?,
                None => {
                    self.emit(Instr::Clear { d });
                }
            }
        }
        self.emit(Instr::MakeTuple { d: f + 1, a: first, count: parameters.kwonlyargs.len() as u8 });
        Ok(())
    }

    fn begin(
        &mut self,
        scope: &'a Scope,
        kind: Kind,
        name: &str,
        parameters: Option<&'a Parameters>,
    ) -> Compiled<Params> {
        let qualname = self.qualified(name);
        let params = parameters.map(|parameters| self.params(parameters)).unwrap_or_default();
        self.units.push(Unit::new(scope, kind, name, &qualname));
        let rest = parameters.and_then(|parameters| parameters.vararg.as_ref()).map(|param| Symbol::of(&param.name));
        let named = parameters.and_then(|parameters| parameters.kwarg.as_ref()).map(|param| Symbol::of(&param.name));
        let given: Vec<_> = params.names.iter().copied().chain(rest).chain(named).collect();
        let count = given.len();
        self.declare(given.into_iter().chain(scope.bound.iter().copied()), count)?;
        Ok(params)
    }

    /// `def`
    pub fn function(&mut self, def: &'a StmtFunctionDef) -> Compiled<()> {
        if def.type_params.is_some() {
            return self.unsupported(def, "a type parameter");
        }
        let scope = self.scope_here().child(def.range);
        let kind = match (def.is_async, scope.yields) {
            (false, false) => Kind::Plain,
            (false, true) => Kind::Generator,
            (true, false) => Kind::Coroutine,
            (true, true) => return self.unsupported(def, "an asynchronous generator"),
        };
        let decorators = self.decorators(&def.decorator_list)?;
        let f = self.temps(2)?;
        self.defaults(&def.parameters, f)?;
        let params = self.begin(scope, kind, &def.name, Some(&def.parameters))?;
        let name_range = def.name.range;
        self.at(name_range);
        let doc = self.documentation(&def.body);
        self.body(&def.body)?;
        self.emit(Instr::ReturnNone);
        let line = self.source.position(name_range.start().to_u32()).0;
        let code = self.finish(params, line, doc);
        self.make_function(code, f);
        self.decorate(decorators, f);
        self.store(Symbol::of(&def.name), f);
        Ok(())
    }

    fn make_function(&mut self, code: &'static Code, f: Reg) {
        let at = self.inner_code(code);
        let unit = self.unit();
        let once = !unit.is_function() && unit.blocks.is_empty() && unit.comprehensions.is_empty();
        self.emit(Instr::MakeFunction { d: f, at, immortal: once });
    }

    /// `lambda`
    pub fn lambda(&mut self, lambda: &'a ExprLambda, d: Reg) -> Compiled<()> {
        let scope = self.scope_here().child(lambda.range);
        let f = self.temps(2)?;
        match &lambda.parameters {
            Some(parameters) => self.defaults(parameters, f)?,
            None => {
                self.emit(Instr::None { d: f });
                self.emit(Instr::None { d: f + 1 });
            }
        }
        let kind = if scope.yields { Kind::Generator } else { Kind::Plain };
        let params = self.begin(scope, kind, "<lambda>", lambda.parameters.as_deref())?;
        self.at(&*lambda.body);
        let a = self.operand(&lambda.body)?;
        self.emit(Instr::Return { a });
        let line = self.source.position(lambda.range.start().to_u32()).0;
        let code = self.finish(params, line, None);
        self.make_function(code, f);
        self.emit(Instr::Take { d, a: f });
        Ok(())
    }

    fn decorators(&mut self, decorators: &'a [Decorator]) -> Compiled<Vec<(Reg, TextRange)>> {
        decorators.iter().map(|decorator| Ok((self.fresh(&decorator.expression)?, decorator.range))).collect()
    }

    fn decorate(&mut self, decorators: Vec<(Reg, TextRange)>, f: Reg) {
        for (reg, range) in decorators.into_iter().rev() {
            let before = self.at(range);
            // Called with what is in the register after it.
            if reg + 1 != f {
                self.emit(Instr::Take { d: reg + 1, a: f });
            }
            self.emit(Instr::Call { d: f, f: reg, count: 1 });
            self.back_at(before);
        }
    }

    /// `class`
    pub fn class(&mut self, def: &'a StmtClassDef) -> Compiled<()> {
        if def.type_params.is_some() {
            return self.unsupported(def, "a type parameter");
        }
        let decorators = self.decorators(&def.decorator_list)?;
        let d = self.temps(3)?;
        self.string(d, &def.name);
        let keywords = self.temps(2)?;
        let first = self.unit().next as Reg;
        let mut count = 0;
        self.emit(Instr::MakeDict { d: d + 2, a: keywords, count: 0 });
        if let Some(arguments) = &def.arguments {
            for base in &arguments.args {
                if base.is_starred_expr() {
                    return self.unsupported(base, "unpacking of base classes");
                }
                self.fresh(base)?;
                count += 1;
            }
            for keyword in &arguments.keywords {
                let Some(name) = &keyword.arg else {
                    return self.unsupported(keyword, "unpacking of a class's keywords");
                };
                if name == "metaclass" && !matches!(self.text(&keyword.value), "ABCMeta" | "abc.ABCMeta") {
                    return self.unsupported(keyword, "a metaclass");
                }
                if name != "metaclass" {
                    self.string(keywords, name);
                    self.value(&keyword.value, keywords + 1)?;
                    self.emit(Instr::AddToDict { a: d + 2, b: keywords });
                }
            }
        }
        self.emit(Instr::MakeTuple { d: d + 1, a: first, count });
        let code = self.class_body(def)?;
        let at = self.inner_code(code);
        let before = self.at(def.name.range);
        self.emit(Instr::MakeClass { d, at });
        self.back_at(before);
        self.decorate(decorators, d);
        self.store(Symbol::of(&def.name), d);
        Ok(())
    }

    fn class_body(&mut self, def: &'a StmtClassDef) -> Compiled<&'static Code> {
        let scope = self.scope_here().child(def.range);
        let qualname = self.qualified(&def.name);
        self.units.push(Unit::new(scope, Kind::ClassBody, &def.name, &qualname));
        // The first register keeps the cell of `__class__`, which methods use.
        let cell = self.temp()?;
        self.unit().variables.push(Symbol::of(".class"));
        self.emit(Instr::Clear { d: cell });
        self.emit(Instr::MakeCell { d: cell });
        self.classes.push(&def.name);
        let temp = self.temp()?;
        self.string(temp, &qualname);
        self.emit(Instr::StoreName { a: temp, name: symbol::QUALNAME });
        self.annotations(&def.body)?;
        self.body(&def.body)?;
        self.classes.pop();
        self.emit(Instr::ReturnNone);
        let line = self.source.position(def.name.range.start().to_u32()).0;
        let doc = self.documentation(&def.body);
        Ok(self.finish(Params::default(), line, doc))
    }

    /// `__annotations__` of a class: each as its text.
    fn annotations(&mut self, body: &'a [Stmt]) -> Compiled<()> {
        let annotated = body.iter().filter_map(|stmt| match stmt {
            Stmt::AnnAssign(assign) => match &*assign.target {
                Expr::Name(name) => Some((name, &assign.annotation)),
                _ => None,
            },
            _ => None,
        });
        let annotated: Vec<_> = annotated.collect();
        if annotated.is_empty() {
            return Ok(());
        }
        let dict = self.temp()?;
        let b = self.temps(2)?;
        self.emit(Instr::MakeDict { d: dict, a: b, count: 0 });
        for (name, annotation) in annotated {
            self.string(b, &name.id);
            let text = self.text(annotation.range());
            self.string(b + 1, text);
            self.emit(Instr::AddToDict { a: dict, b });
        }
        self.emit(Instr::StoreName { a: dict, name: symbol::ANNOTATIONS });
        Ok(())
    }

    fn documentation(&self, body: &[Stmt]) -> Option<Value> {
        let Some(Stmt::Expr(first)) = body.first() else { return None };
        let Expr::StringLiteral(literal) = &*first.value else { return None };
        Some(self.literal(literal.value.to_str()))
    }
}
