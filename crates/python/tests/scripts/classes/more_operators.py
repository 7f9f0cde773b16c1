class Traced:
    def __init__(self, name):
        self.name = name

    def __repr__(self):
        return self.name

    def __sub__(self, other):
        return f"{self} - {other}"

    def __truediv__(self, other):
        return f"{self} / {other}"

    def __mod__(self, other):
        return f"{self} % {other}"

    def __and__(self, other):
        return f"{self} & {other}"

    def __or__(self, other):
        return f"{self} | {other}"

    def __xor__(self, other):
        return f"{self} ^ {other}"

    def __lshift__(self, other):
        return f"{self} << {other}"

    def __rshift__(self, other):
        return f"{self} >> {other}"

    def __radd__(self, other):
        return f"{other} + {self}"

    def __pos__(self):
        return f"+{self}"

    def __isub__(self, other):
        return Traced(f"({self} -= {other})")

    def __imul__(self, other):
        return Traced(f"({self} *= {other})")

    def __gt__(self, other):
        return f"{self} > {other}"

    def __ge__(self, other):
        return f"{self} >= {other}"

    def __ne__(self, other):
        return f"{self} != {other}"

    def __getattribute__(self, name):
        return object.__getattribute__(self, name.removeprefix("old_"))

    def __class_getitem__(cls, item):
        return f"{cls.__name__}[{item!r}]"


a, b = Traced("a"), Traced("b")
print(a - b, a / 2, a % b, a & b, a | b, a ^ b, a << 1, a >> 1, 5 + a, +a, a > b, a >= b, a != b, b < a, b <= a)
print(a.old_name, Traced[int], Traced["x"])
a -= b
b *= 3
print(a, b, sum([1, 2, Traced("t")][:2]))


class Length(int):
    def __add__(self, other):
        return Length(int(self) + int(other))

    def __str__(self):
        return f"{int(self)} m"


print(Length(3) + 4, type(Length(3) + 4).__name__, Length(3) * 2, Length(5) == 5, f"{Length(7)}", [Length(1)], max(Length(2), 1))


class Loud(str):
    def shout(self):
        return self.upper() + "!"


print(Loud("hey").shout(), Loud("a") + "b", type(Loud("a") + "b").__name__, {Loud("k"): 1}["k"])
