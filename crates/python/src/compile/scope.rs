//! Which variable a name means: found out for a whole module before code is made.

use super::names::Names;
use crate::symbol::Symbol;
use ruff_python_ast::visitor::{self, Visitor};
use ruff_python_ast::{
    Comprehension, ExceptHandler, Expr, ExprContext, Parameters, Pattern, Stmt, StmtClassDef, StmtFunctionDef,
};
use ruff_text_size::TextRange;

/// What names mean in a part of a module.
#[derive(Debug)]
pub struct Scope {
    /// What the part is.
    pub kind: ScopeKind,
    /// Names that are given values here, in order.
    pub bound: Vec<Symbol>,
    /// Of those, which functions inside use.
    pub cells: Names,
    /// Names of variables of functions around.
    pub free: Vec<Symbol>,
    /// Names that may lose their value again.
    pub deleted: Names,
    /// Names declared `global`.
    pub globals: Names,
    /// Names declared `nonlocal`, and where.
    pub nonlocals: Vec<(Symbol, TextRange)>,
    /// Whether it yields.
    pub yields: bool,
    /// Whether an expression binds a name.
    pub walrus: bool,
    /// Names that `:=` binds in the function around a generator expression.
    outward: Names,
    uses: Names,
    children: Vec<(TextRange, Scope)>,
}

/// What a part of a module is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ScopeKind {
    /// The module itself.
    Module,
    /// A class body.
    Class,
    /// A function, lambda or generator expression.
    Function,
    /// A list, set or dict comprehension: it has variables of its own in the registers of the function around.
    Comprehension,
}

impl Scope {
    /// The scopes of a module; or what is wrong.
    pub fn of_module(body: &[Stmt]) -> Result<Scope, (TextRange, String)> {
        let mut collector = Collector { scope: Scope::new(ScopeKind::Module) };
        collector.visit_body(body);
        let mut scope = collector.scope;
        scope.resolve(&mut Vec::new())?;
        Ok(scope)
    }

    /// The scope of the function, class or comprehension at `range`.
    pub fn child(&self, range: TextRange) -> &Scope {
        let found = self.children.iter().find(|(at, _)| *at == range);
        found.map(|(_, scope)| scope).expect("each part was visited")
    }

    fn new(kind: ScopeKind) -> Scope {
        Scope {
            kind,
            bound: Vec::new(),
            cells: Names::default(),
            free: Vec::new(),
            deleted: Names::default(),
            globals: Names::default(),
            nonlocals: Vec::new(),
            yields: false,
            walrus: false,
            outward: Names::default(),
            uses: Names::default(),
            children: Vec::new(),
        }
    }

    fn bind(&mut self, name: &str) {
        let name = Symbol::of(name);
        if !self.bound.contains(&name) {
            self.bound.push(name);
        }
    }

    /// Finds out what is captured: what this scope needs of the frame around, and what functions in it need of frames around.
    fn resolve(&mut self, around: &mut Vec<Vec<Symbol>>) -> Result<(Names, Names), (TextRange, String)> {
        let mut declared = Names::default();
        declared.extend(self.nonlocals.iter().map(|(name, _)| *name));
        for name in self.outward.iter() {
            if around.iter().any(|bound| bound.contains(name)) {
                declared.insert(*name);
            } else {
                self.globals.insert(*name);
            }
        }
        self.bound.retain(|name| !declared.contains(name) && !self.globals.contains(name));
        for (name, range) in &self.nonlocals {
            if !around.iter().any(|bound| bound.contains(name)) {
                return Err((*range, format!("no binding for nonlocal '{}' found", name.text())));
            }
        }
        let visible = match self.kind {
            ScopeKind::Module => None,
            ScopeKind::Class => Some(vec![crate::symbol::CLASS]),
            ScopeKind::Function | ScopeKind::Comprehension => Some(self.bound.clone()),
        };
        let inside = visible.is_some();
        around.extend(visible);
        let (mut direct, mut captured) = (self.uses.clone(), Names::default());
        direct.extend(declared.iter().copied());
        for (_, child) in &mut self.children {
            let (of_frame, of_functions) = child.resolve(around)?;
            direct.extend(of_frame.iter().copied());
            captured.extend(of_functions.iter().copied());
        }
        if inside {
            around.pop();
        }
        let bound = &self.bound;
        if matches!(self.kind, ScopeKind::Comprehension | ScopeKind::Function) {
            self.cells.extend(captured.iter().copied().filter(|name| bound.contains(name)));
        }
        match self.kind {
            ScopeKind::Module => return Ok(Default::default()),
            ScopeKind::Comprehension => {
                direct.retain(|name| !bound.contains(name));
                captured.retain(|name| !bound.contains(name));
                return Ok((direct, captured));
            }
            ScopeKind::Function => {
                direct.extend(captured.iter().copied());
                direct.retain(|name| !bound.contains(name));
            }
            ScopeKind::Class => {
                if captured.remove(&crate::symbol::CLASS) {
                    self.cells.insert(crate::symbol::CLASS);
                }
                direct.extend(captured.iter().copied());
            }
        }
        direct.retain(|name| !self.globals.contains(name) && around.iter().any(|bound| bound.contains(name)));
        self.free = direct.iter().copied().collect();
        Ok((Names::default(), direct))
    }
}

struct Collector {
    scope: Scope,
}

impl Collector {
    fn inside(&mut self, range: TextRange, kind: ScopeKind, visit: impl FnOnce(&mut Collector)) {
        let mut inner = Collector { scope: Scope::new(kind) };
        visit(&mut inner);
        self.scope.children.push((range, inner.scope));
    }

    fn outer_parts_of_params(&mut self, params: &Parameters) {
        for param in params.iter_non_variadic_params() {
            if let Some(default) = &param.default {
                self.visit_expr(default);
            }
        }
    }

    fn params(&mut self, params: &Parameters) {
        for param in params.iter_non_variadic_params() {
            self.scope.bind(&param.parameter.name);
        }
        for param in [&params.vararg, &params.kwarg].into_iter().flatten() {
            self.scope.bind(&param.name);
        }
    }

    fn function(&mut self, def: &StmtFunctionDef) {
        for decorator in &def.decorator_list {
            self.visit_expr(&decorator.expression);
        }
        self.outer_parts_of_params(&def.parameters);
        self.scope.bind(&def.name);
        self.inside(def.range, ScopeKind::Function, |inner| {
            inner.params(&def.parameters);
            inner.visit_body(&def.body);
        });
    }

    fn class(&mut self, def: &StmtClassDef) {
        for decorator in &def.decorator_list {
            self.visit_expr(&decorator.expression);
        }
        if let Some(arguments) = &def.arguments {
            self.visit_arguments(arguments);
        }
        self.scope.bind(&def.name);
        self.inside(def.range, ScopeKind::Class, |inner| inner.visit_body(&def.body));
    }

    fn comprehension(&mut self, range: TextRange, kind: ScopeKind, parts: &[&Expr], generators: &[Comprehension]) {
        let Some(first) = generators.first() else { return };
        self.visit_expr(&first.iter);
        let mut walrus = Vec::new();
        self.inside(range, kind, |inner| {
            for (at, generator) in generators.iter().enumerate() {
                if at > 0 {
                    inner.visit_expr(&generator.iter);
                }
                inner.visit_expr(&generator.target);
                for test in &generator.ifs {
                    inner.visit_expr(test);
                }
            }
            for part in parts {
                inner.visit_expr(part);
            }
            walrus = named_in(generators.iter().flat_map(|g| g.ifs.iter()).chain(parts.iter().copied()));
            inner.scope.bound.retain(|name| !walrus.contains(name));
            if kind == ScopeKind::Function {
                inner.scope.outward.extend(walrus.iter().copied());
            }
        });
        for name in walrus {
            self.scope.bind(name.text());
            self.scope.walrus = true;
        }
    }
}

/// The names that `:=` binds in these expressions, not in functions inside.
fn named_in<'a>(parts: impl Iterator<Item = &'a Expr>) -> Vec<Symbol> {
    struct Named(Vec<Symbol>);
    impl Visitor<'_> for Named {
        fn visit_expr(&mut self, expr: &Expr) {
            match expr {
                Expr::Named(named) => {
                    if let Expr::Name(name) = &*named.target {
                        self.0.push(Symbol::of(&name.id));
                    }
                    self.visit_expr(&named.value);
                }
                Expr::Lambda(_) => {}
                _ => visitor::walk_expr(self, expr),
            }
        }
    }
    let mut named = Named(Vec::new());
    parts.for_each(|part| named.visit_expr(part));
    named.0
}

impl<'a> Visitor<'a> for Collector {
    fn visit_stmt(&mut self, stmt: &'a Stmt) {
        match stmt {
            Stmt::FunctionDef(def) => self.function(def),
            Stmt::ClassDef(def) => self.class(def),
            Stmt::Global(global) => self.scope.globals.extend(global.names.iter().map(|name| Symbol::of(name))),
            Stmt::Nonlocal(nonlocal) => {
                self.scope.nonlocals.extend(nonlocal.names.iter().map(|name| (Symbol::of(name), name.range)));
            }
            Stmt::Import(import) => {
                for alias in &import.names {
                    let name = alias.asname.as_ref().unwrap_or(&alias.name);
                    self.scope.bind(name.split('.').next().unwrap_or(name));
                }
            }
            Stmt::ImportFrom(import) => {
                for alias in &import.names {
                    if &alias.name != "*" {
                        self.scope.bind(alias.asname.as_ref().unwrap_or(&alias.name));
                    }
                }
            }
            Stmt::AnnAssign(assign) => {
                // An annotation is not evaluated, but it makes the name a local one.
                self.visit_expr(&assign.target);
                if let Some(value) = &assign.value {
                    self.visit_expr(value);
                }
            }
            Stmt::AugAssign(assign) => {
                if let Expr::Name(name) = &*assign.target {
                    self.scope.uses.insert(Symbol::of(&name.id));
                }
                visitor::walk_stmt(self, stmt);
            }
            _ => visitor::walk_stmt(self, stmt),
        }
    }

    fn visit_expr(&mut self, expr: &'a Expr) {
        match expr {
            Expr::Name(name) => match name.ctx {
                ExprContext::Store => self.scope.bind(&name.id),
                ExprContext::Del => {
                    self.scope.bind(&name.id);
                    self.scope.deleted.insert(Symbol::of(&name.id));
                }
                _ => {
                    self.scope.uses.insert(Symbol::of(&name.id));
                    if &name.id == "super" {
                        self.scope.uses.insert(crate::symbol::CLASS);
                    }
                }
            },
            Expr::Lambda(lambda) => {
                if let Some(params) = &lambda.parameters {
                    self.outer_parts_of_params(params);
                }
                self.inside(lambda.range, ScopeKind::Function, |inner| {
                    if let Some(params) = &lambda.parameters {
                        inner.params(params);
                    }
                    inner.visit_expr(&lambda.body);
                });
            }
            Expr::ListComp(comp) => {
                self.comprehension(comp.range, ScopeKind::Comprehension, &[&comp.elt], &comp.generators)
            }
            Expr::SetComp(comp) => {
                self.comprehension(comp.range, ScopeKind::Comprehension, &[&comp.elt], &comp.generators)
            }
            Expr::DictComp(comp) => {
                let parts: Vec<&Expr> = comp.key.as_deref().into_iter().chain([&*comp.value]).collect();
                self.comprehension(comp.range, ScopeKind::Comprehension, &parts, &comp.generators);
            }
            Expr::Generator(comp) => {
                self.comprehension(comp.range, ScopeKind::Function, &[&comp.elt], &comp.generators)
            }
            Expr::Yield(_) | Expr::YieldFrom(_) => {
                self.scope.yields = true;
                visitor::walk_expr(self, expr);
            }
            Expr::Named(_) => {
                self.scope.walrus = true;
                visitor::walk_expr(self, expr);
            }
            _ => visitor::walk_expr(self, expr),
        }
    }

    fn visit_except_handler(&mut self, handler: &'a ExceptHandler) {
        let ExceptHandler::ExceptHandler(inner) = handler;
        if let Some(name) = &inner.name {
            self.scope.bind(name);
            self.scope.deleted.insert(Symbol::of(name));
        }
        visitor::walk_except_handler(self, handler);
    }

    fn visit_pattern(&mut self, pattern: &'a Pattern) {
        let name = match pattern {
            Pattern::MatchAs(pattern) => pattern.name.as_ref(),
            Pattern::MatchStar(pattern) => pattern.name.as_ref(),
            Pattern::MatchMapping(pattern) => pattern.rest.as_ref(),
            _ => None,
        };
        if let Some(name) = name {
            self.scope.bind(name);
        }
        visitor::walk_pattern(self, pattern);
    }

    fn visit_annotation(&mut self, _: &'a Expr) {}
}
