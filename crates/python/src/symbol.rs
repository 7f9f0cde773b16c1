//! Names as small numbers: of attributes, parameters and globals.

use hashbrown::HashTable;
use std::hash::{BuildHasher, BuildHasherDefault, DefaultHasher};
use std::sync::{LazyLock, PoisonError, RwLock};

/// A name. Two are equal if their texts are.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Symbol(pub u32);

struct Interner {
    texts: Vec<&'static str>,
    index: HashTable<u32>,
}

static INTERNER: LazyLock<RwLock<Interner>> = LazyLock::new(|| {
    let mut interner = Interner { texts: Vec::new(), index: HashTable::new() };
    for text in KNOWN {
        interner.add(text);
    }
    RwLock::new(interner)
});

fn hash(text: &str) -> u64 {
    BuildHasherDefault::<DefaultHasher>::default().hash_one(text)
}

impl Interner {
    fn find(&self, text: &str) -> Option<Symbol> {
        self.index.find(hash(text), |&at| self.texts[at as usize] == text).map(|&at| Symbol(at))
    }

    fn add(&mut self, text: &'static str) -> Symbol {
        let at = self.texts.len() as u32;
        self.texts.push(text);
        let Interner { texts, index } = self;
        index.insert_unique(hash(text), at, |&at| hash(texts[at as usize]));
        Symbol(at)
    }
}

impl Symbol {
    /// The symbol of `text`. Texts of symbols are kept for ever.
    pub fn of(text: &str) -> Symbol {
        if let Some(symbol) = Symbol::known(text) {
            return symbol;
        }
        let mut interner = INTERNER.write().unwrap_or_else(PoisonError::into_inner);
        interner.find(text).unwrap_or_else(|| interner.add(Box::leak(text.into())))
    }

    /// The symbol of `text`, if anything is called so.
    pub fn known(text: &str) -> Option<Symbol> {
        INTERNER.read().unwrap_or_else(PoisonError::into_inner).find(text)
    }

    /// Its text.
    pub fn text(self) -> &'static str {
        INTERNER.read().unwrap_or_else(PoisonError::into_inner).texts[self.0 as usize]
    }
}

macro_rules! symbols {
    ($($name:ident = $text:literal),* $(,)?) => {
        #[allow(non_camel_case_types, clippy::upper_case_acronyms, dead_code, reason = "only their numbers are used")]
        enum Known { $($name),* }
        const KNOWN: &[&str] = &[$($text),*];
        $(#[doc = concat!("`", $text, "`")] pub const $name: Symbol = Symbol(Known::$name as u32);)*
    };
}

symbols! {
    INIT = "__init__", NEW = "__new__", CALL = "__call__", STR = "__str__", REPR = "__repr__", FORMAT = "__format__",
    BOOL = "__bool__", LEN = "__len__", HASH = "__hash__", ITER = "__iter__", NEXT = "__next__", CONTAINS = "__contains__",
    GETITEM = "__getitem__", SETITEM = "__setitem__", DELITEM = "__delitem__", GETATTR = "__getattr__",
    GETATTRIBUTE = "__getattribute__", SETATTR = "__setattr__", DELATTR = "__delattr__", GET = "__get__", SET = "__set__",
    DELETE = "__delete__", ENTER = "__enter__", EXIT = "__exit__", AENTER = "__aenter__", AEXIT = "__aexit__",
    AITER = "__aiter__", ANEXT = "__anext__", AWAIT = "__await__", REVERSED = "__reversed__", MISSING = "__missing__",
    EQ = "__eq__", NE = "__ne__", LT = "__lt__", LE = "__le__", GT = "__gt__", GE = "__ge__",
    ADD = "__add__", SUB = "__sub__", MUL = "__mul__", MATMUL = "__matmul__", TRUEDIV = "__truediv__",
    FLOORDIV = "__floordiv__", MOD = "__mod__", POW = "__pow__", LSHIFT = "__lshift__", RSHIFT = "__rshift__",
    AND = "__and__", OR = "__or__", XOR = "__xor__",
    RADD = "__radd__", RSUB = "__rsub__", RMUL = "__rmul__", RMATMUL = "__rmatmul__", RTRUEDIV = "__rtruediv__",
    RFLOORDIV = "__rfloordiv__", RMOD = "__rmod__", RPOW = "__rpow__", RLSHIFT = "__rlshift__", RRSHIFT = "__rrshift__",
    RAND = "__rand__", ROR = "__ror__", RXOR = "__rxor__",
    IADD = "__iadd__", ISUB = "__isub__", IMUL = "__imul__", IMATMUL = "__imatmul__", ITRUEDIV = "__itruediv__",
    IFLOORDIV = "__ifloordiv__", IMOD = "__imod__", IPOW = "__ipow__", ILSHIFT = "__ilshift__", IRSHIFT = "__irshift__",
    IAND = "__iand__", IOR = "__ior__", IXOR = "__ixor__",
    NEG = "__neg__", POS = "__pos__", INVERT = "__invert__", ABS = "__abs__", INT = "__int__", FLOAT = "__float__",
    INDEX = "__index__", ROUND = "__round__", DIVMOD = "__divmod__", CLASS = "__class__", DICT = "__dict__", NAME = "__name__",
    QUALNAME = "__qualname__", DOC = "__doc__", MODULE = "__module__", BASES = "__bases__", MRO = "__mro__",
    SLOTS = "__slots__", MATCH_ARGS = "__match_args__", SET_NAME = "__set_name__", INIT_SUBCLASS = "__init_subclass__",
    CLASS_GETITEM = "__class_getitem__", ANNOTATIONS = "__annotations__", SELF = "__self__", FUNC = "__func__", DEFAULTS = "__defaults__", CAUSE = "__cause__", CONTEXT = "__context__",
    SUPPRESS_CONTEXT = "__suppress_context__", ARGS = "args", VALUE = "value", CODE = "code", FILE = "__file__", TRUNC = "__trunc__", FLOOR = "__floor__", CEIL = "__ceil__",
}
