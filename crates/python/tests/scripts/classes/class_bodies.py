registry = []


class Base:
    kind = "base"
    codes = {name: len(name) for name in ("a", "bb")}
    print("in the body of Base")

    def __init_subclass__(cls, label=None, **kwargs):
        super().__init_subclass__(**kwargs)
        registry.append((cls.__name__, label))

    class Inner:
        value = 5

    for index in range(2):
        pass


class First(Base, label="one"):
    kind = Base.kind + "/first"


class Second(First):
    pass


print(registry, First.kind, Second.kind, Base.codes, Base.index, Base.Inner.value, Base.Inner.__qualname__, First().codes)
Base.kind = "changed"
print(Base().kind, First().kind)
Point = type("Point", (), {"x": 1, "double": lambda self: self.x * 2})
print(Point().double(), Point.__name__, type(Point), type(5), type(None), type(print), isinstance(Point, type))


class Singleton:
    instance = None

    def __new__(cls):
        if cls.instance is None:
            cls.instance = super().__new__(cls)
        return cls.instance


print(Singleton() is Singleton())


class Slots:
    __slots__ = ("a",)


slots = Slots()
slots.a = 1
try:
    slots.b = 2
except AttributeError as error:
    print(slots.a, error)
