print([n * n for n in range(6)], [n for n in range(20) if n % 3 == 0 if n % 2], [(a, b) for a in "xy" for b in range(2)])
print({n: n ** 2 for n in range(4)}, {word: len(word) for word in ["a", "bb"]}, sorted({n % 4 for n in range(10)}), {v: k for k, v in {"a": 1}.items()})
print([[row * column for column in range(1, 4)] for row in range(1, 3)], [cell for row in [[1, 2], [3]] for cell in row])
print(["even" if n % 2 == 0 else "odd" for n in range(3)], [x for x in (1, None, 2) if x is not None], [a + b for a, b in [(1, 2), (3, 4)]])
print([first for first, *_ in ["abc", "de"]], [y := 5, y ** 2], [last := n for n in range(3)], last, any((found := n) > 2 for n in range(5)), found)
n = "outside"
print([n for n in range(3)][-1], n, [lambda: i for i in range(3)][0](), [(lambda: i)() for i in range(3)])


class Body:
    sizes = [1, 2]
    doubled = [size * 2 for size in sizes]


print(Body.doubled, [c for c in "hello" if c not in "aeiou"], "".join(c.upper() for c in "abc"), sum(1 for _ in range(7)), [*(n for n in range(2))])
