import sys


def fib(n):
    return n if n < 2 else fib(n - 1) + fib(n - 2)


def hanoi(n, a="A", b="B", c="C"):
    return [] if n == 0 else hanoi(n - 1, a, c, b) + [(a, c)] + hanoi(n - 1, b, a, c)


def permutations(items):
    if not items:
        yield ()
    for i, item in enumerate(items):
        for rest in permutations(items[:i] + items[i + 1:]):
            yield (item, *rest)


def ackermann(m, n):
    return n + 1 if m == 0 else ackermann(m - 1, 1) if n == 0 else ackermann(m - 1, ackermann(m, n - 1))


def forever(n):
    return forever(n + 1)


print(fib(15), hanoi(3), list(permutations([1, 2, 3])), ackermann(2, 3))
try:
    forever(0)
except RecursionError as error:
    print(type(error).__name__, error)


class Endless:
    def __repr__(self):
        return repr(self)


try:
    repr(Endless())
except RecursionError as error:
    print(type(error).__name__)
print(sys.getrecursionlimit())
