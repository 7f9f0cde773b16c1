pair = 1, "two"
single = (1,)
print(pair, single, (), len(pair), pair[1], pair + single, single * 3, pair * 0, 1 in pair, pair.index("two"), pair.count(1))
print((1, 2) < (1, 3), (1, 2) < (1, 2, 0), (1, 2) == (1, 2), tuple("ab"), tuple([1, 2]), hash((1, 2)) == hash((1, 2)))
print({(0, 1): "edge"}[0, 1], max((1, "b"), (1, "a")), sorted([(2, "a"), (1, "b"), (1, "a")]))
print(tuple(x * x for x in range(4)), (1, (2, (3,))), ("a",), repr((1.0, None)))
for wrong in (lambda: pair[5], lambda: pair.index(9), lambda: pair + [1], lambda: (1, "a") < (1, 2), lambda: hash(([],))):
    try:
        wrong()
    except (IndexError, ValueError, TypeError) as error:
        print(type(error).__name__, error)
try:
    pair[0] = 5
except TypeError as error:
    print(error)
