class Vector:
    def __init__(self, x, y):
        self.x, self.y = x, y

    def __repr__(self):
        return f"Vector({self.x}, {self.y})"

    def __add__(self, other):
        if not isinstance(other, Vector):
            return NotImplemented
        return Vector(self.x + other.x, self.y + other.y)

    def __mul__(self, factor):
        return Vector(self.x * factor, self.y * factor)

    def __rmul__(self, factor):
        return self * factor

    def __neg__(self):
        return Vector(-self.x, -self.y)

    def __abs__(self):
        return (self.x ** 2 + self.y ** 2) ** 0.5

    def __matmul__(self, other):
        return self.x * other.x + self.y * other.y

    def __iadd__(self, other):
        self.x += other.x
        self.y += other.y
        return self

    def __floordiv__(self, by):
        return Vector(self.x // by, self.y // by)

    def __rsub__(self, other):
        return f"{other} - {self}"

    def __pow__(self, power):
        return [self.x ** power, self.y ** power]

    def __invert__(self):
        return Vector(self.y, self.x)

    def __round__(self, places=0):
        return Vector(round(self.x, places), round(self.y, places))

    def __index__(self):
        return self.x

    def __int__(self):
        return int(self.x)

    def __float__(self):
        return float(self.y)


a, b = Vector(1, 2), Vector(3, 4)
print(a + b, a * 3, 3 * a, -a, abs(b), a @ b, b // 2, 5 - a, b ** 2, ~a)
alias = a
a += b
print(a, alias is a, round(Vector(1.26, 2.74), 1), [10, 20, 30, 40, 50][a], int(a), float(a), hex(a))
for wrong in (lambda: a + 1, lambda: 1 + a, lambda: a - b, lambda: a < b, lambda: +a):
    try:
        wrong()
    except TypeError as error:
        print(error)
