class Shape:
    sides = 0

    def __init__(self, name):
        self.name = name

    def area(self):
        raise NotImplementedError("no area")

    def describe(self):
        return f"{self.name}: {self.area():.1f}, {self.sides} sides"


class Square(Shape):
    sides = 4

    def __init__(self, size):
        super().__init__("square")
        self.size = size

    def area(self):
        return self.size ** 2


class Circle(Shape):
    def __init__(self, radius):
        Shape.__init__(self, "circle")
        self.radius = radius

    def area(self):
        return 3.14159 * self.radius ** 2

    def describe(self):
        return super().describe().replace("0 sides", "round")


for shape in (Square(2), Circle(1)):
    print(shape.describe(), isinstance(shape, Shape), type(shape).__mro__[1].__name__)
print(issubclass(Square, Shape), issubclass(Square, (int, Circle)), Square.__bases__ == (Shape,), issubclass(bool, int))
try:
    Shape("plain").describe()
except NotImplementedError as error:
    print(type(error).__name__, error)


class Stack(list):
    def push(self, item):
        self.append(item)

    def peek(self):
        return self[-1]


stack = Stack([1])
stack.push(2)
print(stack, stack.peek(), len(stack), isinstance(stack, list), stack == [1, 2])
