def inner():
    received = yield "first"
    print("inner got", received)
    yield "second"
    return "inner result"


def outer():
    result = yield from inner()
    print("outer got", result)
    yield from [1, 2]
    yield from "ab"
    return "done"


generator = outer()
print(next(generator), generator.send("hello"), next(generator), list(generator))


def flatten(items):
    for item in items:
        if isinstance(item, list):
            yield from flatten(item)
        else:
            yield item


print(list(flatten([1, [2, [3, [4]], 5], [], [[6]]])))


def failing():
    yield 1
    raise ValueError("from inner")


def catching():
    try:
        yield from failing()
    except ValueError as error:
        yield f"caught {error}"


print(list(catching()))


def tree(depth):
    if depth:
        yield from tree(depth - 1)
        yield depth
        yield from tree(depth - 1)


print(list(tree(4)))
