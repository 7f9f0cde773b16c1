class deque:
    def __init__(self, iterable=(), maxlen=None):
        if maxlen is not None and maxlen < 0:
            raise ValueError("maxlen must be non-negative")
        self._left = []
        self._right = []
        self.maxlen = maxlen
        self.extend(iterable)

    def _balance_left(self):
        right = self._right
        half = (len(right) + 1) // 2
        self._left = right[:half][::-1]
        self._right = right[half:]

    def _balance_right(self):
        left = self._left
        half = (len(left) + 1) // 2
        self._right = left[:half][::-1]
        self._left = left[half:]

    def append(self, x):
        self._right.append(x)
        if self.maxlen is not None and len(self) > self.maxlen:
            self.popleft()

    def appendleft(self, x):
        self._left.append(x)
        if self.maxlen is not None and len(self) > self.maxlen:
            self.pop()

    def pop(self):
        if not self._right:
            if not self._left:
                raise IndexError("pop from an empty deque")
            self._balance_right()
        return self._right.pop()

    def popleft(self):
        if not self._left:
            if not self._right:
                raise IndexError("pop from an empty deque")
            self._balance_left()
        return self._left.pop()

    def extend(self, iterable):
        for x in list(iterable):
            self.append(x)

    def extendleft(self, iterable):
        for x in list(iterable):
            self.appendleft(x)

    def _all(self):
        return self._left[::-1] + self._right

    def _set(self, items):
        self._left = []
        self._right = items

    def clear(self):
        self._set([])

    def copy(self):
        return deque(self._all(), self.maxlen)

    __copy__ = copy

    def count(self, x):
        return self._all().count(x)

    def index(self, x, *bounds):
        try:
            return self._all().index(x, *bounds)
        except ValueError:
            raise ValueError(f"{x!r} is not in deque") from None

    def insert(self, i, x):
        if self.maxlen is not None and len(self) >= self.maxlen:
            raise IndexError("deque already at its maximum size")
        items = self._all()
        items.insert(i, x)
        self._set(items)

    def remove(self, value):
        items = self._all()
        try:
            items.remove(value)
        except ValueError:
            raise ValueError("deque.remove(x): x not in deque") from None
        self._set(items)

    def reverse(self):
        self._set(self._all()[::-1])

    def rotate(self, n=1):
        items = self._all()
        if items:
            n %= len(items)
            self._set(items[-n:] + items[:-n] if n else items)

    def __len__(self):
        return len(self._left) + len(self._right)

    def __bool__(self):
        return len(self) > 0

    def __iter__(self):
        before = len(self)
        for x in self._all():
            if len(self) != before:
                raise RuntimeError("deque mutated during iteration")
            yield x

    def __reversed__(self):
        return iter(self._all()[::-1])

    def __contains__(self, x):
        return x in self._all()

    def __getitem__(self, i):
        if not isinstance(i, int):
            raise TypeError(f"sequence index must be integer, not '{type(i).__name__}'")
        n = len(self)
        if i < 0:
            i += n
        if not 0 <= i < n:
            raise IndexError("deque index out of range")
        left = len(self._left)
        return self._left[left - 1 - i] if i < left else self._right[i - left]

    def __setitem__(self, i, value):
        items = self._all()
        try:
            items[i] = value
        except IndexError:
            raise IndexError("deque index out of range") from None
        self._set(items)

    def __delitem__(self, i):
        items = self._all()
        try:
            del items[i]
        except IndexError:
            raise IndexError("deque index out of range") from None
        self._set(items)

    def __eq__(self, other):
        if not isinstance(other, deque):
            return NotImplemented
        return self._all() == other._all()

    def __lt__(self, other):
        if not isinstance(other, deque):
            return NotImplemented
        return self._all() < other._all()

    __hash__ = None

    def __add__(self, other):
        if not isinstance(other, deque):
            raise TypeError(f'can only concatenate deque (not "{type(other).__name__}") to deque')
        return deque(self._all() + other._all(), self.maxlen)

    def __iadd__(self, other):
        self.extend(other)
        return self

    def __mul__(self, n):
        return deque(self._all() * n, self.maxlen)

    def __repr__(self):
        items = ", ".join("[...]" if x is self else repr(x) for x in self._all())
        if self.maxlen is not None:
            return f"deque([{items}], maxlen={self.maxlen})"
        return f"deque([{items}])"


class defaultdict(dict):
    def __init__(self, default_factory=None, *args, **kwargs):
        if default_factory is not None and not callable(default_factory):
            raise TypeError("first argument must be callable or None")
        self.default_factory = default_factory
        dict.update(self, *args, **kwargs)

    def __missing__(self, key):
        if self.default_factory is None:
            raise KeyError(key)
        value = self[key] = self.default_factory()
        return value

    def copy(self):
        return defaultdict(self.default_factory, self)

    def __repr__(self):
        return f"defaultdict({self.default_factory!r}, {dict(self)!r})"


class OrderedDict(dict):
    def __init__(self, *args, **kwargs):
        dict.update(self, *args, **kwargs)

    def popitem(self, last=True):
        if not self:
            raise KeyError("dictionary is empty")
        key = next(reversed(self)) if last else next(iter(self))
        return key, self.pop(key)

    def move_to_end(self, key, last=True):
        value = self.pop(key)
        if last:
            self[key] = value
        else:
            rest = dict(self)
            self.clear()
            self[key] = value
            self.update(rest)

    def copy(self):
        return OrderedDict(self)

    def __reversed__(self):
        return iter(list(self)[::-1])

    def __eq__(self, other):
        if isinstance(other, OrderedDict):
            return list(self.items()) == list(other.items())
        return dict(self) == other

    __hash__ = None

    def __repr__(self):
        if not self:
            return "OrderedDict()"
        return f"OrderedDict({list(self.items())!r})"


class Counter(dict):
    def __init__(self, iterable=None, /, **kwargs):
        self.update(iterable, **kwargs)

    def __missing__(self, key):
        return 0

    def update(self, iterable=None, /, **kwargs):
        if iterable is not None:
            if isinstance(iterable, dict):
                for element, count in iterable.items():
                    self[element] = self.get(element, 0) + count
            else:
                for element in iterable:
                    self[element] = self.get(element, 0) + 1
        if kwargs:
            self.update(kwargs)

    def subtract(self, iterable=None, /, **kwargs):
        if iterable is not None:
            if isinstance(iterable, dict):
                for element, count in iterable.items():
                    self[element] = self.get(element, 0) - count
            else:
                for element in iterable:
                    self[element] = self.get(element, 0) - 1
        if kwargs:
            self.subtract(kwargs)

    def most_common(self, n=None):
        ordered = sorted(self.items(), key=lambda item: item[1], reverse=True)
        return ordered if n is None else ordered[:n]

    def elements(self):
        for element, count in self.items():
            for _ in range(count):
                yield element

    def total(self):
        return sum(self.values())

    def copy(self):
        return Counter(self)

    def __add__(self, other):
        if not isinstance(other, Counter):
            return NotImplemented
        result = Counter()
        for element, count in self.items():
            if count + other[element] > 0:
                result[element] = count + other[element]
        for element, count in other.items():
            if element not in self and count > 0:
                result[element] = count
        return result

    def __sub__(self, other):
        if not isinstance(other, Counter):
            return NotImplemented
        result = Counter()
        for element, count in self.items():
            if count - other[element] > 0:
                result[element] = count - other[element]
        for element, count in other.items():
            if element not in self and count < 0:
                result[element] = -count
        return result

    def __or__(self, other):
        if not isinstance(other, Counter):
            return NotImplemented
        result = Counter()
        for element in list(self) + [e for e in other if e not in self]:
            count = max(self[element], other[element])
            if count > 0:
                result[element] = count
        return result

    def __and__(self, other):
        if not isinstance(other, Counter):
            return NotImplemented
        result = Counter()
        for element in self:
            count = min(self[element], other[element])
            if count > 0:
                result[element] = count
        return result

    def __pos__(self):
        return self + Counter()

    def __neg__(self):
        return Counter() - self

    def __iadd__(self, other):
        for element, count in other.items():
            self[element] += count
        return self._keep_positive()

    def __isub__(self, other):
        for element, count in other.items():
            self[element] -= count
        return self._keep_positive()

    def _keep_positive(self):
        for element in [e for e, c in self.items() if c <= 0]:
            del self[element]
        return self

    def __eq__(self, other):
        if not isinstance(other, Counter):
            return dict(self) == other
        return all(self[e] == other[e] for e in list(self) + list(other))

    __hash__ = None

    def __repr__(self):
        if not self:
            return "Counter()"
        return "Counter({" + ", ".join(f"{k!r}: {v!r}" for k, v in self.most_common()) + "})"


class ChainMap:
    def __init__(self, *maps):
        self.maps = list(maps) or [{}]

    def __getitem__(self, key):
        for mapping in self.maps:
            if key in mapping:
                return mapping[key]
        raise KeyError(key)

    def get(self, key, default=None):
        return self[key] if key in self else default

    def __contains__(self, key):
        return any(key in mapping for mapping in self.maps)

    def __setitem__(self, key, value):
        self.maps[0][key] = value

    def __iter__(self):
        keys = {}
        for mapping in reversed(self.maps):
            keys.update(dict.fromkeys(mapping))
        return iter(keys)

    def __len__(self):
        return len(list(iter(self)))

    def keys(self):
        return list(self)

    def items(self):
        return [(k, self[k]) for k in self]

    def new_child(self, m=None):
        return ChainMap({} if m is None else m, *self.maps)


class _Place:
    def __init__(self, at):
        self._at = at

    def __get__(self, obj, cls=None):
        return self if obj is None else obj[self._at]

    def __set__(self, obj, value):
        raise AttributeError("can't set attribute")


def namedtuple(typename, field_names, *, rename=False, defaults=None, module=None):
    if isinstance(field_names, str):
        field_names = field_names.replace(",", " ").split()
    fields = tuple(str(name) for name in field_names)
    for name in fields:
        if name.startswith("_"):
            raise ValueError(f"Field names cannot start with an underscore: {name!r}")
        if not name.isidentifier():
            raise ValueError(f"Type names and field names must be valid identifiers: {name!r}")
    if len(set(fields)) != len(fields):
        seen = set()
        for name in fields:
            if name in seen:
                raise ValueError(f"Encountered duplicate field name: {name!r}")
            seen.add(name)
    defaults = tuple(defaults or ())
    if len(defaults) > len(fields):
        raise TypeError("Got more default values than field names")
    given = dict(zip(fields[len(fields) - len(defaults):], defaults))

    def __new__(cls, *args, **kwargs):
        if len(args) > len(fields):
            raise TypeError(f"{typename}.__new__() takes {len(fields) + 1} positional arguments but {len(args) + 1} were given")
        values = dict(given)
        for name, value in zip(fields, args):
            values[name] = value
        for name, value in kwargs.items():
            if name not in fields:
                raise TypeError(f"{typename}.__new__() got an unexpected keyword argument '{name}'")
            if name in fields[:len(args)]:
                raise TypeError(f"{typename}.__new__() got multiple values for argument '{name}'")
            values[name] = value
        missing = [name for name in fields if name not in values]
        if missing:
            names = [repr(name) for name in missing]
            if len(names) > 2:
                listed = ", ".join(names[:-1]) + ", and " + names[-1]
            else:
                listed = " and ".join(names)
            s = "" if len(names) == 1 else "s"
            raise TypeError(f"{typename}.__new__() missing {len(names)} required positional argument{s}: {listed}")
        return tuple.__new__(cls, [values[name] for name in fields])

    def __repr__(self):
        return self.__class__.__name__ + "(" + ", ".join(f"{n}={v!r}" for n, v in zip(fields, self)) + ")"

    def _replace(self, /, **kwargs):
        values = {**self._asdict(), **kwargs}
        unknown = [name for name in kwargs if name not in fields]
        if unknown:
            raise ValueError(f"Got unexpected field names: {unknown!r}")
        return self.__class__(**values)

    namespace = {
        "__new__": __new__,
        "__repr__": __repr__,
        "_replace": _replace,
        "_asdict": lambda self: dict(zip(fields, self)),
        "_fields": fields,
        "_field_defaults": given,
        "__match_args__": fields,
        "_make": classmethod(lambda cls, iterable: cls(*iterable)),
    }
    for at, name in enumerate(fields):
        namespace[name] = _Place(at)
    made = type(typename, (tuple,), namespace)
    made.__module__ = "__main__"
    return made


class UserDict(dict):
    @property
    def data(self):
        return self
