class auto:
    pass


class Enum:
    def __init_subclass__(cls):
        members = {}
        last = 0
        for name, value in list(cls.__dict__.items()):
            if name.startswith("_") or callable(value) or isinstance(value, (property, staticmethod, classmethod)):
                continue
            if isinstance(value, auto):
                value = last + 1
            if isinstance(value, int):
                last = value
            member = object.__new__(cls)
            member._name_ = name
            member._value_ = value
            members[name] = member
            setattr(cls, name, member)
        cls.__members__ = members

    @property
    def name(self):
        return self._name_

    @property
    def value(self):
        return self._value_

    def __repr__(self):
        return f"<{self.__class__.__name__}.{self._name_}: {self._value_!r}>"

    def __reduce__(self):
        return getattr, (self.__class__, self._name_)

    def __str__(self):
        return f"{self.__class__.__name__}.{self._name_}"

    def __hash__(self):
        return hash(self._name_)

    def __eq__(self, other):
        return self is other
