import multiprocessing
from collections import Counter, OrderedDict, defaultdict, deque, namedtuple
from dataclasses import dataclass, field
from enum import Enum

Point = namedtuple("Point", "x y")


class Colour(Enum):
    RED = 1
    BLUE = 2


@dataclass
class Order:
    number: int
    lines: list = field(default_factory=list)

    def add(self, line):
        self.lines.append(line)
        return self


class Tree:
    def __init__(self, name):
        self.name = name
        self.children = []
        self.parent = None

    def grow(self, name):
        child = Tree(name)
        child.parent = self
        self.children.append(child)
        return child


class Picky:
    def __init__(self, number):
        self.number = number

    def __getstate__(self):
        return {"doubled": self.number * 2}

    def __setstate__(self, state):
        self.number = state["doubled"] + 1


class Names(list):
    pass


def echo(queue, back):
    while (value := queue.get()) is not None:
        back.put(value)


def work():
    pass


if __name__ == "__main__":
    queue, back = multiprocessing.Queue(), multiprocessing.Queue()
    process = multiprocessing.Process(target=echo, args=(queue, back))
    process.start()

    def through(value):
        queue.put(value)
        return back.get()

    for value in [True, 0, -1, 2**63 - 1, -(2**63), 2**200, -(3**99), 0.1, -0.0, 1e300, "é\n\0", b"\x00\xff", (), (1, (2,)),
                  [1, [2, []]], {"a": 1, 2: "b", None: [3]}, {1, 2}, frozenset({3}), range(1, 9, 3), ..., 1.5]:
        print(repr(through(value)), through(value) == value)
    print(through(float("nan")), through(float("inf")))
    print(through(Point(1, 2)), through(Counter("abca")), through(OrderedDict(b=1, a=2)))
    print(through(deque([1, 2, 3], 2)), dict(through(defaultdict(int, a=1))))
    print(through(Colour.BLUE) is Colour.BLUE)
    order = Order(7)
    copy = through(order)
    copy.add("x")
    print(order, copy, copy == order)
    print(through(order.add)("y").lines, order.lines)
    tree = Tree("root")
    tree.grow("leaf").grow("bud")
    copy = through(tree)
    print(copy.children[0].parent is copy, copy.children[0].children[0].name, copy is tree)
    shared = [1]
    one, other = through([shared, shared])
    one.append(2)
    print(other, shared)
    ring = []
    ring.append(ring)
    print(through(ring))
    print(through(Picky(5)).number, through(Names("ab")), type(through(Names())).__name__)
    error = through(KeyError("k", 1))
    print(repr(error), type(error) is KeyError)
    print(through(work) is work, through(len) is len, through(Order) is Order, through(int) is int)
    print(through("abc".upper)())
    queue.put(None)
    process.join()
