class _Missing:
    def __repr__(self):
        return "<dataclasses._MISSING_TYPE object>"


MISSING = _Missing()
KW_ONLY = "KW_ONLY"


class FrozenInstanceError(AttributeError):
    pass


class Field:
    def __init__(self, default, default_factory, init, repr, hash, compare, metadata, kw_only):
        self.name = None
        self.type = None
        self.default = default
        self.default_factory = default_factory
        self.init = init
        self.repr = repr
        self.hash = hash
        self.compare = compare
        self.metadata = metadata or {}
        self.kw_only = kw_only


def field(*, default=MISSING, default_factory=MISSING, init=True, repr=True, hash=None, compare=True, metadata=None, kw_only=MISSING):
    if default is not MISSING and default_factory is not MISSING:
        raise ValueError("cannot specify both default and default_factory")
    return Field(default, default_factory, init, repr, hash, compare, metadata, kw_only)


def dataclass(cls=None, /, *, init=True, repr=True, eq=True, order=False, unsafe_hash=False, frozen=False,
              match_args=True, kw_only=False, slots=False, weakref_slot=False):
    def wrap(cls):
        return _process(cls, init, repr, eq, order, unsafe_hash, frozen, match_args, kw_only)
    return wrap if cls is None else wrap(cls)


def _process(cls, init, repr_, eq, order, unsafe_hash, frozen, match_args, kw_only):
    fields_ = {}
    for base in cls.__mro__[-1:0:-1]:
        for name, f in base.__dict__.get("__dataclass_fields__", {}).items():
            fields_[name] = f
    own = cls.__dict__.get("__annotations__", {})
    rest_kw_only = kw_only
    for name, annotation in own.items():
        if annotation in ("KW_ONLY", "dataclasses.KW_ONLY"):
            rest_kw_only = True
            continue
        if annotation.startswith(("ClassVar", "typing.ClassVar")):
            continue
        default = cls.__dict__.get(name, MISSING)
        f = default if isinstance(default, Field) else field(default=default)
        f.name = name
        f.type = annotation
        if f.kw_only is MISSING:
            f.kw_only = rest_kw_only
        if f.default is not MISSING and type(f.default) in (list, dict, set):
            raise ValueError(f"mutable default {type(f.default)} for field {name} is not allowed: use default_factory")
        if isinstance(default, Field):
            if f.default is MISSING:
                delattr(cls, name)
            else:
                setattr(cls, name, f.default)
        fields_[name] = f
    cls.__dataclass_fields__ = fields_
    all_fields = list(fields_.values())
    given = [f for f in all_fields if f.init]
    positional = [f for f in given if not f.kw_only]
    seen_default = False
    for f in positional:
        has = f.default is not MISSING or f.default_factory is not MISSING
        if seen_default and not has:
            raise TypeError(f"non-default argument {f.name!r} follows default argument")
        seen_default = seen_default or has
    name = cls.__name__

    def __init__(self, *args, **kwargs):
        if len(args) > len(positional):
            takes = len(positional) + 1
            required = sum(1 for f in positional if f.default is MISSING and f.default_factory is MISSING) + 1
            count = f"from {required} to {takes}" if required != takes else f"{takes}"
            raise TypeError(f"{name}.__init__() takes {count} positional argument{'s' if takes != 1 else ''} but {len(args) + 1} were given")
        values = {}
        for f, value in zip(positional, args):
            values[f.name] = value
        for key, value in kwargs.items():
            if key in values:
                raise TypeError(f"{name}.__init__() got multiple values for argument '{key}'")
            if not any(f.name == key for f in given):
                raise TypeError(f"{name}.__init__() got an unexpected keyword argument '{key}'")
            values[key] = value
        for kind, part in (("positional", positional), ("keyword-only", [f for f in given if f.kw_only])):
            missing = [repr(f.name) for f in part if f.name not in values and f.default is MISSING and f.default_factory is MISSING]
            if missing:
                if len(missing) > 2:
                    listed = ", ".join(missing[:-1]) + ", and " + missing[-1]
                else:
                    listed = " and ".join(missing)
                s = "" if len(missing) == 1 else "s"
                raise TypeError(f"{name}.__init__() missing {len(missing)} required {kind} argument{s}: {listed}")
        for f in all_fields:
            if f.name in values:
                value = values[f.name]
            elif f.default is not MISSING:
                value = f.default
            elif f.default_factory is not MISSING:
                value = f.default_factory()
            else:
                continue
            object.__setattr__(self, f.name, value)
        if hasattr(cls, "__post_init__"):
            self.__post_init__()

    def __repr__(self):
        parts = ", ".join(f"{f.name}={getattr(self, f.name)!r}" for f in all_fields if f.repr)
        return f"{self.__class__.__qualname__}({parts})"

    compared = [f.name for f in all_fields if f.compare]

    def key(obj):
        return tuple([getattr(obj, n) for n in compared])

    def __eq__(self, other):
        if other.__class__ is self.__class__:
            return key(self) == key(other)
        return NotImplemented

    def __hash__(self):
        return hash(tuple([getattr(self, f.name) for f in all_fields if (f.compare if f.hash is None else f.hash)]))

    if init and "__init__" not in cls.__dict__:
        cls.__init__ = __init__
    if repr_ and "__repr__" not in cls.__dict__:
        cls.__repr__ = __repr__
    own_eq = "__eq__" in cls.__dict__
    if eq and not own_eq:
        cls.__eq__ = __eq__
        if "__hash__" not in cls.__dict__ or cls.__dict__["__hash__"] is None:
            cls.__hash__ = __hash__ if frozen or unsafe_hash else None
    if order:
        def compare(op):
            def method(self, other):
                if other.__class__ is self.__class__:
                    return op(key(self), key(other))
                return NotImplemented
            return method
        cls.__lt__ = compare(lambda a, b: a < b)
        cls.__le__ = compare(lambda a, b: a <= b)
        cls.__gt__ = compare(lambda a, b: a > b)
        cls.__ge__ = compare(lambda a, b: a >= b)
    if frozen:
        def __setattr__(self, name, value):
            raise FrozenInstanceError(f"cannot assign to field {name!r}")

        def __delattr__(self, name):
            raise FrozenInstanceError(f"cannot delete field {name!r}")
        cls.__setattr__ = __setattr__
        cls.__delattr__ = __delattr__
    if match_args and "__match_args__" not in cls.__dict__:
        cls.__match_args__ = tuple(f.name for f in positional)
    return cls


def fields(class_or_instance):
    found = getattr(class_or_instance, "__dataclass_fields__", None)
    if found is None:
        raise TypeError("must be called with a dataclass type or instance")
    return tuple(found.values())


def is_dataclass(obj):
    return hasattr(obj, "__dataclass_fields__")


def _convert(value, make):
    if is_dataclass(value) and not isinstance(value, type):
        return make([(f.name, _convert(getattr(value, f.name), make)) for f in fields(value)])
    if isinstance(value, (list, tuple)):
        return type(value)([_convert(v, make) for v in value])
    if isinstance(value, dict):
        return {_convert(k, make): _convert(v, make) for k, v in value.items()}
    return value


def asdict(obj, *, dict_factory=dict):
    return _convert(obj, dict_factory)


def astuple(obj, *, tuple_factory=tuple):
    return _convert(obj, lambda pairs: tuple_factory([v for _, v in pairs]))


def replace(obj, /, **changes):
    for f in fields(obj):
        if f.init and f.name not in changes:
            changes[f.name] = getattr(obj, f.name)
    return obj.__class__(**changes)
