def count_up(limit):
    print("started")
    for n in range(limit):
        yield n
    print("exhausted")
    return "result"


numbers = count_up(2)
print(type(numbers).__name__, next(numbers), next(numbers))
try:
    next(numbers)
except StopIteration as stop:
    print("stop", stop.value)
print(next(numbers, "default"), list(count_up(3)), sum(count_up(4)))


def fibonacci():
    a, b = 0, 1
    while True:
        yield a
        a, b = b, a + b


first = []
for n in fibonacci():
    if n > 50:
        break
    first.append(n)
print(first, [n for n, _ in zip(fibonacci(), range(5))])
evens = (n for n in range(10) if n % 2 == 0)
print(next(evens), list(evens), list(evens), sum(x * x for x in range(4)), max((len(w), w) for w in ["a", "ccc", "bb"]))
print(",".join(str(n) for n in range(3)), dict((n, n * n) for n in range(3)), sorted(n % 3 for n in range(5)))
