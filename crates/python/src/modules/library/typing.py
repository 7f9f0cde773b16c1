class _Hint:
    def __init__(self, name):
        self._name = name

    def __getitem__(self, item):
        return self

    def __call__(self, *args, **kwargs):
        return self

    def __or__(self, other):
        return self

    def __ror__(self, other):
        return self

    def __repr__(self):
        return "typing." + self._name


Any = _Hint("Any")
Union = _Hint("Union")
Optional = _Hint("Optional")
List = _Hint("List")
Dict = _Hint("Dict")
Set = _Hint("Set")
FrozenSet = _Hint("FrozenSet")
Tuple = _Hint("Tuple")
Type = _Hint("Type")
Callable = _Hint("Callable")
Iterable = _Hint("Iterable")
Iterator = _Hint("Iterator")
Generator = _Hint("Generator")
Sequence = _Hint("Sequence")
Mapping = _Hint("Mapping")
ClassVar = _Hint("ClassVar")
Final = _Hint("Final")
Literal = _Hint("Literal")
Awaitable = _Hint("Awaitable")
Coroutine = _Hint("Coroutine")
NoReturn = _Hint("NoReturn")
Self = _Hint("Self")
TYPE_CHECKING = False


class Generic:
    def __class_getitem__(cls, item):
        return cls


class Protocol(Generic):
    pass


def TypeVar(name, *constraints, bound=None):
    return _Hint(name)


def cast(type, value):
    return value


def overload(function):
    return function


def final(value):
    return value


def NamedTuple(typename, fields):
    from collections import namedtuple
    return namedtuple(typename, [name for name, _ in fields])
