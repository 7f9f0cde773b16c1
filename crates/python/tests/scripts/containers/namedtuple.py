from collections import namedtuple

Point = namedtuple("Point", ["x", "y"])
point = Point(1, y=2)
print(point, point.x, point[1], point == (1, 2), len(point), list(point), point._replace(x=5), point._asdict(), Point._fields)
x, y = point
print(x, y, max(point), sorted([Point(2, 1), Point(1, 9)]), Point._make([7, 8]), isinstance(point, tuple), hash(point) == hash((1, 2)))
Span = namedtuple("Span", "lane state start end", defaults=[None])
print(Span(0, "run", 5), Span(0, "run", 5, 9), Span.__name__)


class Vector(namedtuple("Vector", "x y")):
    def __add__(self, other):
        return Vector(self.x + other.x, self.y + other.y)

    @property
    def length(self):
        return (self.x ** 2 + self.y ** 2) ** 0.5


print(Vector(1, 2) + Vector(2, 2), Vector(3, 4).length)
for wrong in (lambda: Point(1), lambda: Point(1, 2, 3), lambda: point.z):
    try:
        wrong()
    except (TypeError, AttributeError) as error:
        print(type(error).__name__, error)
try:
    point.x = 5
except AttributeError:
    print("its fields cannot be set")
