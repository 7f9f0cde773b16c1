nothing = None


def attempts():
    yield lambda: undefined
    yield lambda: [1, 2][5]
    yield lambda: {"a": 1}["b"]
    yield lambda: "a" + 1
    yield lambda: 1 + "a"
    yield lambda: [] + ()
    yield lambda: -"a"
    yield lambda: "a" * "b"
    yield lambda: len(5)
    yield lambda: int("x")
    yield lambda: float("x")
    yield lambda: None.attribute
    yield lambda: "text".missing
    yield lambda: [].missing()
    yield lambda: nothing()
    yield lambda: nothing[0]
    yield lambda: next(iter([]))
    yield lambda: [*None]
    yield lambda: {**[]}
    yield lambda: chr(-1)
    yield lambda: ord("ab")
    yield lambda: "abc".index("x")
    yield lambda: (1).real()
    yield lambda: sorted(5)
    yield lambda: sum(["a"])
    yield lambda: isinstance(1, "int")
    yield lambda: 1 < "a"
    yield lambda: "a" in 5
    yield lambda: {}.missing
    yield lambda: print.missing
    yield lambda: iter(None)
    yield lambda: "%d" % "x"
    yield lambda: getattr(5, "x")
    yield lambda: dict([1])
    yield lambda: dict([(1, 2, 3)])
    yield lambda: max(5)
    yield lambda: round("x")
    yield lambda: abs("x")
    yield lambda: [1, 2].index(3)
    yield lambda: "".join([1])
    yield lambda: bytes(-1)
    yield lambda: enumerate(5)


for attempt in attempts():
    try:
        print("no error", attempt())
    except StopIteration as error:
        print("StopIteration", error.value)
    except Exception as error:
        print(type(error).__name__ + ":", error)
