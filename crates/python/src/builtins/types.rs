//! The built-in classes.

use super::{Methods, bytes, dict, exceptions, iterators, list, native, numbers, objects, range, set, str};
use crate::object::class::{Class, Definition, Namespace};
use crate::object::function::NativeFn;
use crate::object::iterator::Iter;
use crate::symbol::Symbol;
use std::sync::OnceLock;

macro_rules! types {
    ($($field:ident: $name:literal, [$($base:ident)?], $construct:expr, $methods:expr;)*) => {
        /// The built-in classes.
        #[derive(Debug)]
        #[allow(missing_docs, reason = "each is called as in Python")]
        pub struct Types {
            $(pub $field: &'static Class,)*
        }

        impl Types {
            fn build() -> Types {
                $(let $field = class($name, &[$($base)?], $construct, $methods);)*
                Types { $($field,)* }
            }

            /// All of them.
            pub fn all(&self) -> Vec<&'static Class> {
                vec![$(self.$field,)*]
            }
        }
    };
}

fn class(
    name: &'static str,
    bases: &[&'static Class],
    construct: Option<NativeFn>,
    methods: Methods,
) -> &'static Class {
    let mut attributes = Namespace::default();
    for &(name, binds, call) in methods {
        attributes.set(Symbol::of(name), native(name, binds, call));
    }
    let definition = Definition {
        name,
        qualname: name,
        module: "builtins",
        bases: bases.to_vec(),
        attributes,
        construct,
        in_python: false,
    };
    Class::create(definition).expect("built-in classes have one base")
}

types! {
    object: "object", [], Some(objects::construct_object), objects::OBJECT;
    type_: "type", [object], Some(objects::construct_type), objects::TYPE;
    none_type: "NoneType", [object], None, &[];
    not_implemented_type: "NotImplementedType", [object], None, &[];
    ellipsis: "ellipsis", [object], None, &[];
    int: "int", [object], Some(numbers::construct_int), numbers::INT;
    bool: "bool", [int], Some(numbers::construct_bool), &[];
    float: "float", [object], Some(numbers::construct_float), numbers::FLOAT;
    str: "str", [object], Some(str::construct_str), str::STR;
    bytes: "bytes", [object], Some(bytes::construct_bytes), bytes::BYTES;
    tuple: "tuple", [object], Some(list::construct_tuple), list::TUPLE;
    list: "list", [object], Some(list::construct_list), list::LIST;
    dict: "dict", [object], Some(dict::construct_dict), dict::DICT;
    dict_keys: "dict_keys", [object], None, dict::VIEW;
    dict_values: "dict_values", [object], None, dict::VIEW;
    dict_items: "dict_items", [object], None, dict::VIEW;
    set: "set", [object], Some(set::construct_set), set::SET;
    frozenset: "frozenset", [object], Some(set::construct_frozenset), &set::SET[set::CHANGING..];
    range: "range", [object], Some(range::construct_range), range::RANGE;
    slice: "slice", [object], Some(range::construct_slice), range::SLICE;
    function: "function", [object], None, objects::CALLABLE;
    method: "method", [object], None, objects::CALLABLE;
    builtin_function: "builtin_function_or_method", [object], None, objects::CALLABLE;
    method_descriptor: "method_descriptor", [object], None, objects::CALLABLE;
    module: "module", [object], None, &[];
    generator: "generator", [object], None, objects::GENERATOR;
    coroutine: "coroutine", [object], None, objects::GENERATOR;
    cell: "cell", [object], None, &[];
    super_: "super", [object], Some(objects::construct_super), &[];
    property: "property", [object], Some(super::descriptor::construct_property), super::descriptor::PROPERTY;
    staticmethod: "staticmethod", [object], Some(super::descriptor::construct_static), &[];
    classmethod: "classmethod", [object], Some(super::descriptor::construct_class), &[];
    namespace: "SimpleNamespace", [object], Some(objects::construct_namespace), objects::NAMESPACE;
    list_iterator: "list_iterator", [object], None, objects::ITERATOR;
    list_reverseiterator: "list_reverseiterator", [object], None, objects::ITERATOR;
    tuple_iterator: "tuple_iterator", [object], None, objects::ITERATOR;
    str_iterator: "str_ascii_iterator", [object], None, objects::ITERATOR;
    iterator: "iterator", [object], None, objects::ITERATOR;
    range_iterator: "range_iterator", [object], None, objects::ITERATOR;
    dict_iterator: "dict_keyiterator", [object], None, objects::ITERATOR;
    dict_valueiterator: "dict_valueiterator", [object], None, objects::ITERATOR;
    dict_itemiterator: "dict_itemiterator", [object], None, objects::ITERATOR;
    set_iterator: "set_iterator", [object], None, objects::ITERATOR;
    callable_iterator: "callable_iterator", [object], None, objects::ITERATOR;
    map: "map", [object], Some(iterators::construct_map), objects::ITERATOR;
    filter: "filter", [object], Some(iterators::construct_filter), objects::ITERATOR;
    zip: "zip", [object], Some(iterators::construct_zip), objects::ITERATOR;
    enumerate: "enumerate", [object], Some(iterators::construct_enumerate), objects::ITERATOR;
    reversed: "reversed", [object], Some(iterators::construct_reversed), objects::ITERATOR;
    base_exception: "BaseException", [object], Some(exceptions::construct), exceptions::EXCEPTION;
    exception: "Exception", [base_exception], None, &[];
    generator_exit: "GeneratorExit", [base_exception], None, &[];
    keyboard_interrupt: "KeyboardInterrupt", [base_exception], None, &[];
    system_exit: "SystemExit", [base_exception], None, exceptions::SYSTEM_EXIT;
    arithmetic_error: "ArithmeticError", [exception], None, &[];
    floating_point_error: "FloatingPointError", [arithmetic_error], None, &[];
    overflow_error: "OverflowError", [arithmetic_error], None, &[];
    zero_division_error: "ZeroDivisionError", [arithmetic_error], None, &[];
    assertion_error: "AssertionError", [exception], None, &[];
    attribute_error: "AttributeError", [exception], None, &[];
    buffer_error: "BufferError", [exception], None, &[];
    eof_error: "EOFError", [exception], None, &[];
    import_error: "ImportError", [exception], None, &[];
    module_not_found_error: "ModuleNotFoundError", [import_error], None, &[];
    lookup_error: "LookupError", [exception], None, &[];
    index_error: "IndexError", [lookup_error], None, &[];
    key_error: "KeyError", [lookup_error], None, &[];
    memory_error: "MemoryError", [exception], None, &[];
    name_error: "NameError", [exception], None, &[];
    unbound_local_error: "UnboundLocalError", [name_error], None, &[];
    os_error: "OSError", [exception], None, &[];
    blocking_io_error: "BlockingIOError", [os_error], None, &[];
    connection_error: "ConnectionError", [os_error], None, &[];
    broken_pipe_error: "BrokenPipeError", [connection_error], None, &[];
    file_exists_error: "FileExistsError", [os_error], None, &[];
    file_not_found_error: "FileNotFoundError", [os_error], None, &[];
    interrupted_error: "InterruptedError", [os_error], None, &[];
    permission_error: "PermissionError", [os_error], None, &[];
    timeout_error: "TimeoutError", [os_error], None, &[];
    runtime_error: "RuntimeError", [exception], None, &[];
    not_implemented_error: "NotImplementedError", [runtime_error], None, &[];
    recursion_error: "RecursionError", [runtime_error], None, &[];
    stop_iteration: "StopIteration", [exception], None, exceptions::STOP_ITERATION;
    stop_async_iteration: "StopAsyncIteration", [exception], None, &[];
    syntax_error: "SyntaxError", [exception], None, &[];
    system_error: "SystemError", [exception], None, &[];
    type_error: "TypeError", [exception], None, &[];
    value_error: "ValueError", [exception], None, &[];
    unicode_error: "UnicodeError", [value_error], None, &[];
    unicode_decode_error: "UnicodeDecodeError", [unicode_error], None, &[];
    unicode_encode_error: "UnicodeEncodeError", [unicode_error], None, &[];
    warning: "Warning", [exception], None, &[];
    deprecation_warning: "DeprecationWarning", [warning], None, &[];
    runtime_warning: "RuntimeWarning", [warning], None, &[];
    user_warning: "UserWarning", [warning], None, &[];
}

static TYPES: OnceLock<Types> = OnceLock::new();

/// The built-in classes.
#[inline]
pub fn types() -> &'static Types {
    TYPES.get_or_init(Types::build)
}

impl Types {
    /// Those that programs can name.
    pub fn named(&self) -> Vec<&'static Class> {
        let hidden = [
            "NoneType",
            "NotImplementedType",
            "ellipsis",
            "function",
            "method",
            "module",
            "generator",
            "coroutine",
            "cell",
        ];
        let is_named = |class: &&Class| {
            let name = class.name();
            !hidden.contains(&name) && !name.contains('_') && !name.contains("iterator") && name != "SimpleNamespace"
        };
        self.all().into_iter().filter(is_named).collect()
    }

    /// The class of an iterator of ours.
    pub fn class_of_iter(&self, iter: &Iter) -> &'static Class {
        use crate::object::dict::Part;
        match iter {
            Iter::List(..) => self.list_iterator,
            Iter::ListBack(..) => self.list_reverseiterator,
            Iter::Tuple(..) => self.tuple_iterator,
            Iter::Str(..) => self.str_iterator,
            Iter::Values(..) | Iter::Items(..) => self.iterator,
            Iter::Range(..) => self.range_iterator,
            Iter::Dict(_, Part::Keys, ..) => self.dict_iterator,
            Iter::Dict(_, Part::Values, ..) => self.dict_valueiterator,
            Iter::Dict(_, Part::Items, ..) => self.dict_itemiterator,
            Iter::Set(..) => self.set_iterator,
            Iter::Map(..) => self.map,
            Iter::Filter(..) => self.filter,
            Iter::Zip(..) => self.zip,
            Iter::Enumerate(..) => self.enumerate,
            Iter::Calls(..) => self.callable_iterator,
            Iter::ItemsBack(..) => self.reversed,
        }
    }
}
