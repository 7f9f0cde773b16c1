first, second = 1, 2
first, second = second, first
print(first, second)
head, *middle, tail = range(6)
print(head, middle, tail)
*start, last = "abc"
(a, b), [c, *d] = (1, 2), [3]
print(start, last, a, b, c, d)
for index, (key, value) in enumerate({"x": 1, "y": 2}.items(), start=1):
    print(index, key, value)
print([*range(3), *"ab"], (*[1], *(2,)), {*[1], 1}, {**{"a": 1}, "b": 2}, [*{}])
chained = other = []
chained.append(1)
print(other, chained is other)
record = {}
record["k"], record["v"] = "key", [0] * 2
record["v"][0], record["v"][1] = 5, 6
print(record)
for wrong in ("a, b = 1, 2, 3", "a, b = 1,", "a, *b = ()", "a, b = 5"):
    try:
        if wrong == "a, b = 1, 2, 3":
            a, b = 1, 2, 3
        elif wrong == "a, b = 1,":
            a, b = 1,
        elif wrong == "a, *b = ()":
            a, *b = ()
        else:
            a, b = 5
    except (ValueError, TypeError) as error:
        print(wrong, "->", type(error).__name__, error)
