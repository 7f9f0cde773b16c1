//! Instructions: eight bytes each, over at most 256 registers of a function.

use crate::symbol::Symbol;

/// A register of a function: its parameters first, then its other variables, then what is in between.
pub type Reg = u8;

/// An instruction. `d` is where the result goes; `a`, `b` are operands; `to` is the index of an instruction.
#[derive(Clone, Copy, Debug, PartialEq)]
#[allow(missing_docs, reason = "the operands are explained above")]
#[rustfmt::skip] // A line each.
pub enum Instr {
    /// Copies a register.
    Move { d: Reg, a: Reg },
    /// Moves a register, which has no value afterwards.
    Take { d: Reg, a: Reg },
    /// Makes a register have no value.
    Clear { d: Reg },
    /// A constant.
    Const { d: Reg, at: u32 },
    /// A small integer.
    Int { d: Reg, value: i32 },
    None { d: Reg },
    Bool { d: Reg, value: bool },
    /// Raises `UnboundLocalError` if the register has no value.
    Check { a: Reg },

    LoadGlobal { d: Reg, at: u32 },
    StoreGlobal { a: Reg, at: u32 },
    DeleteGlobal { at: u32 },
    /// Of a class body: its own name, else the global one.
    LoadName { d: Reg, name: Symbol },
    StoreName { a: Reg, name: Symbol },
    DeleteName { name: Symbol },
    /// Of a class body: its own name, else the captured one.
    LoadNameOrFree { d: Reg, free: u8, name: Symbol },

    /// Puts a register's value into a new cell, in the same register.
    MakeCell { d: Reg },
    LoadCell { d: Reg, a: Reg },
    StoreCell { d: Reg, a: Reg },
    LoadFree { d: Reg, free: u8 },
    StoreFree { free: u8, a: Reg },
    DeleteCell { a: Reg },
    DeleteFree { free: u8 },

    Add { d: Reg, a: Reg, b: Reg },
    Sub { d: Reg, a: Reg, b: Reg },
    Mul { d: Reg, a: Reg, b: Reg },
    AddInt { d: Reg, a: Reg, in_place: bool, value: i32 },
    SubInt { d: Reg, a: Reg, in_place: bool, value: i32 },
    Binary { op: BinaryOp, d: Reg, a: Reg, b: Reg },
    /// Augmented assignment.
    InPlace { op: BinaryOp, d: Reg, a: Reg, b: Reg },
    Unary { op: UnaryOp, d: Reg, a: Reg },
    Compare { op: CompareOp, d: Reg, a: Reg, b: Reg },
    Is { d: Reg, a: Reg, b: Reg, not: bool },
    In { d: Reg, a: Reg, b: Reg, not: bool },
    Not { d: Reg, a: Reg },

    Jump { to: u32 },
    JumpIf { a: Reg, when: bool, to: u32 },
    JumpIfNone { a: Reg, when: bool, to: u32 },
    JumpCompare { op: CompareOp, when: bool, a: Reg, b: Reg, offset: i16 },
    JumpCompareInt { op: CompareOp, when: bool, a: Reg, value: i8, offset: i16 },

    /// Three registers from `d` on: an iterator over `a`.
    Iterate { d: Reg, a: Reg },
    /// The next item of the iterator at `a`, or a jump.
    Next { d: Reg, a: Reg, to: u32 },

    /// Calls the value at `f` with `count` arguments from the register after it on.
    Call { d: Reg, f: Reg, count: u8 },
    /// The same; the last arguments are named by the constant at `names`.
    CallNamed { d: Reg, f: Reg, count: u8, names: u16 },
    /// Raises if the object at `a` has no such method: before the arguments of the call that follows are computed.
    NeedMethod { a: Reg, site: u32 },
    /// Calls the method of the object at `f` with `count` arguments from the register after it on.
    CallMethod { d: Reg, f: Reg, count: u8, site: u32 },
    /// Calls the value at `f` with the list and the dict in the two registers after it.
    CallUnpacked { d: Reg, f: Reg },
    Return { a: Reg },
    ReturnNone,

    LoadAttr { d: Reg, a: Reg, site: u32 },
    /// Sets an attribute of `a` to `b`.
    StoreAttr { a: Reg, b: Reg, site: u32 },
    DeleteAttr { a: Reg, name: Symbol },
    LoadItem { d: Reg, a: Reg, b: Reg },
    /// Sets item `b` of `a` to `c`.
    StoreItem { a: Reg, b: Reg, c: Reg },
    DeleteItem { a: Reg, b: Reg },
    /// A slice of the three registers from `a` on.
    MakeSlice { d: Reg, a: Reg },

    /// These take `count` registers from `a` on.
    MakeList { d: Reg, a: Reg, count: u8 },
    MakeTuple { d: Reg, a: Reg, count: u8 },
    MakeSet { d: Reg, a: Reg, count: u8 },
    /// Keys and values by turns: `count` pairs.
    MakeDict { d: Reg, a: Reg, count: u8 },
    MakeString { d: Reg, a: Reg, count: u8 },
    /// Adds an item to the list, set, or (key at `b`, value after it) dict at `a`.
    Append { a: Reg, b: Reg },
    AddToSet { a: Reg, b: Reg },
    AddToDict { a: Reg, b: Reg },
    /// Adds all items.
    Extend { a: Reg, b: Reg },
    /// Adds the items of the iterable at `b` to the list at `a`, which are arguments of the call of what is before it.
    ExtendArguments { a: Reg, b: Reg },
    UpdateSet { a: Reg, b: Reg },
    UpdateDict { a: Reg, b: Reg },
    /// For the keyword arguments of a call: no name may come twice.
    UpdateNamed { a: Reg, b: Reg },
    ListToTuple { d: Reg },
    /// Text of a value, by a conversion and the format at `b`.
    Format { d: Reg, a: Reg, b: Reg, how: Conversion },

    /// Unpacks `a` into `count` registers from `d` on.
    Unpack { d: Reg, a: Reg, count: u8 },
    /// Unpacks `a` into `before`, a list, and `after` registers from `d` on.
    UnpackRest { d: Reg, a: Reg, before: u8, after: u8 },

    /// A function of the code at `at`. Registers from `d` on hold defaults (a tuple, a tuple for keyword-only ones).
    MakeFunction { d: Reg, at: u32, immortal: bool },
    /// Runs the class body at `at`; the name, bases (tuple) and keywords (dict) are in registers from `d` on.
    MakeClass { d: Reg, at: u32 },
    Import { d: Reg, name: Symbol },
    ImportFrom { d: Reg, a: Reg, name: Symbol },
    ImportAll { a: Reg },

    Raise { a: Reg },
    RaiseFrom { a: Reg, b: Reg },
    /// Raises what is being handled.
    Reraise,
    /// Raises an exception on its way again, as if it had not been caught.
    Rethrow { a: Reg },
    /// The exception at `a` is being handled from here on.
    Handle { a: Reg },
    /// The innermost exception is handled.
    Handled,
    /// Whether the exception at `a` is of the class or classes at `b`.
    Matches { d: Reg, a: Reg, b: Reg },
    AssertionFailed { a: Reg },

    /// `d` is the context manager at `a`, after it `__exit__`; then what `__enter__` returned. Three registers.
    Enter { d: Reg, a: Reg },
    /// Calls `__exit__` of the two registers from `a` on, without an exception.
    Exit { a: Reg },
    /// Calls `__exit__` with the exception at `b`; `d` whether it is swallowed.
    ExitWith { d: Reg, a: Reg, b: Reg },

    Yield { d: Reg, a: Reg },
    /// An iterator to delegate to.
    Delegate { d: Reg, a: Reg, awaits: bool },
    /// Sends the value at `d` to the iterator at `a`: yields what it yields, and goes on with what it returns in `d`.
    Send { d: Reg, a: Reg },

    /// Whether the value at `a` is a sequence of `count` items, or at least as many.
    IsSequence { d: Reg, a: Reg, count: u8, at_least: bool },
    IsMapping { d: Reg, a: Reg },
    /// Whether the mapping at `a` has all keys of the tuple at `b`: their values as a tuple, or `None`.
    MatchKeys { d: Reg, a: Reg, b: Reg },
    /// Whether the object at `a` is of the class at `b` with `count` positional attributes and the names after `b`: their values as a
    /// tuple, or `None`.
    MatchClass { d: Reg, a: Reg, b: Reg, count: u8 },
    /// A copy of the dict at `a` without the keys of the tuple at `b`.
    WithoutKeys { d: Reg, a: Reg, b: Reg },
    /// `super()` without arguments: the class in the register `d`, the object at `a`.
    Super { d: Reg, a: Reg },
}

const _: () = assert!(size_of::<Instr>() == 8);

/// A conversion in an f-string.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Conversion {
    /// None.
    Plain,
    /// `!s`
    Str,
    /// `!r`
    Repr,
    /// `!a`
    Ascii,
}

/// An operator of two operands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[allow(missing_docs, reason = "they are called as Python calls them")]
pub enum BinaryOp {
    Add,
    Sub,
    Mul,
    MatMul,
    Div,
    FloorDiv,
    Mod,
    Pow,
    LShift,
    RShift,
    And,
    Or,
    Xor,
}

/// An operator of one operand, `not` aside.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[allow(missing_docs, reason = "they are called as Python calls them")]
pub enum UnaryOp {
    Neg,
    Pos,
    Invert,
}

/// A comparison.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[allow(missing_docs, reason = "they are called as Python calls them")]
pub enum CompareOp {
    Eq,
    Ne,
    Lt,
    Le,
    Gt,
    Ge,
}
