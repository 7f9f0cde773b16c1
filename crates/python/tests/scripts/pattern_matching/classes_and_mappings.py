from dataclasses import dataclass


@dataclass
class Point:
    x: int
    y: int


class Circle:
    __match_args__ = ("centre", "radius")

    def __init__(self, centre, radius):
        self.centre, self.radius = centre, radius


def where(shape):
    match shape:
        case Point(0, 0):
            return "origin"
        case Point(x=0, y=y):
            return f"on the y axis at {y}"
        case Point(x, y) if x == y:
            return f"diagonal {x}"
        case Point():
            return "somewhere"
        case Circle(Point(0, 0), r):
            return f"circle around the origin, {r}"
        case Circle(radius=r, centre=Point(x=x)):
            return f"circle {r} at x {x}"
        case {"type": "point", "at": [x, y]}:
            return f"mapping {x} {y}"
        case {"type": kind, **rest}:
            return f"{kind} with {sorted(rest)}"
        case {}:
            return "some mapping"
        case str() | bytes():
            return "text"
        case list([Point(x=first), *_]):
            return f"list beginning at {first}"
        case _:
            return "unknown"


shapes = [Point(0, 0), Point(0, 5), Point(3, 3), Point(1, 2), Circle(Point(0, 0), 2), Circle(Point(4, 1), 3),
          {"type": "point", "at": [1, 2]}, {"type": "blob", "b": 1, "a": 2}, {"x": 1}, "s", [Point(9, 1), 2], [1], 7]
for shape in shapes:
    print(where(shape))
try:
    match Point(1, 2):
        case Point(1, 2, 3):
            print("never")
except TypeError as error:
    print(error)
