def show(a, b=2, *rest, c, d=4, **others):
    return a, b, rest, c, d, others


print(show(1, c=3), show(1, 5, 6, 7, c=8, d=9, e=10), show(*[1, 2, 3], **{"c": 4, "z": 5}), show(a=1, c=2))


def positional_only(a, b=1, /, c=2, *, d=3):
    return a, b, c, d


print(positional_only(1), positional_only(1, 2, 3, d=4), positional_only(1, c=5))


def collect(*args, **kwargs):
    return args, kwargs


print(collect(), collect(1, *[2], 3, *(4,), x=1, **{"y": 2}), collect(*"ab"), collect(**dict(k=0)))
five = 5
attempts = [
    lambda: show(), lambda: show(1), lambda: positional_only(), lambda: positional_only(1, 2, 3, 4),
    lambda: positional_only(a=1), lambda: positional_only(1, e=2), lambda: positional_only(1, 2, 3, c=4),
    lambda: collect(**{"x": 1}, **{"x": 2}), lambda: len(), lambda: len([], []), lambda: collect(*5), lambda: five(),
]
for attempt in attempts:
    try:
        print(attempt())
    except TypeError as error:
        print(error)
