items = [3, 1, 2]
items.append(5)
items.extend((8, 9))
items.insert(1, 7)
print(items, len(items), items[0], items[-1], items[1:4], items[::-1], items.index(5), items.count(3))
print(items.pop(), items.pop(0), items.remove(2), items, 5 in items, 99 in items)
items.sort()
print(items, sorted(items, reverse=True), sorted(["b", "A", "c"], key=str.lower), items.reverse(), items)
copy, alias = items.copy(), items
copy[0] = 100
alias[1] = 200
print(items, copy, items == alias, items is alias, [1, 2] == [1, 2], [1, 2] < [1, 3], [1] < [1, 0])
print([0] * 3, [1] + [2], [[]] * 2, list("abc"), list(range(3)), list({"k": 1}), [None, True, 1.0, "s", b"b"])
items.clear()
print(items, not items)
for wrong in (lambda: [][0], lambda: [].pop(), lambda: [1].remove(2), lambda: [1].index(2), lambda: [1] + (2,), lambda: alias["a"], lambda: [1, "a"].sort()):
    try:
        wrong()
    except (IndexError, ValueError, TypeError) as error:
        print(type(error).__name__, error)
