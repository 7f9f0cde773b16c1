import functools
import operator

calls = []


@functools.lru_cache(maxsize=None)
def fib(n):
    calls.append(n)
    return n if n < 2 else fib(n - 1) + fib(n - 2)


print(fib(80), len(calls), fib.cache_info().hits, fib.cache_info().misses)


@functools.cache
def slow_square(n):
    calls.append(("square", n))
    return n * n


print(slow_square(4), slow_square(4), calls[-1], len(calls))
print(functools.reduce(operator.add, [1, 2, 3, 4]), functools.reduce(lambda a, b: a * b, range(1, 6), 1))
hexadecimal = functools.partial(int, base=16)
print(hexadecimal("ff"), functools.partial(print, "partial", sep="-")("args"), sorted([3, 1, 2], key=functools.cmp_to_key(lambda a, b: b - a)))


@functools.total_ordering
class Grade:
    def __init__(self, value):
        self.value = value

    def __eq__(self, other):
        return self.value == other.value

    def __lt__(self, other):
        return self.value < other.value


print(Grade(1) < Grade(2), Grade(1) >= Grade(2), Grade(2) > Grade(1), Grade(1) <= Grade(1), Grade(1) != Grade(1))
try:
    functools.reduce(operator.add, [])
except TypeError as error:
    print(error)
