class Point:
    def __init__(self, x, y):
        self.x, self.y = x, y

    def __format__(self, spec):
        return f"<{self.x}|{self.y}|{spec}>"

    def __repr__(self):
        return f"Point({self.x}, {self.y})"


point = Point(1, 2)
print("{} {} {}".format(1, "two", 3.0), "{1} {0} {1}".format("a", "b"), "{a} {b}".format(a=1, b=[2]))
print("{0.x} {0.y} {1[0]} {2[key]}".format(point, [7], {"key": "v"}), "{:>{width}}|{:.{places}f}".format("r", 2.5, width=5, places=2))
print("{{}} {!r} {!s} {!a}".format("é", "é", "é"), "{} {:abc} {!r}".format(point, point, point), "{:05}{:<5}|".format(42, 42))
print("{:,} {:_} {:e} {:%} {:x} {:08.3f}".format(1234567, 1234567, 12345.678, 0.25, 255, -3.14159))
print("{0:{1}{2}}".format("x", ">", 5), "{:{}}|".format(7, "^5"), "".format(), "plain".format(1))
attempts = [("{}", ()), ("{0} {}", (1,)), ("{x}", ()), ("{", ()), ("}", ()), ("{0.z}", (point,)), ("{!x}", (1,)), ("{:d}", ("a",)), ("{0[9]}", ([1],))]
for template, arguments in attempts:
    try:
        print(template.format(*arguments))
    except (IndexError, ValueError, KeyError, AttributeError) as error:
        print(repr(template), type(error).__name__, error)
