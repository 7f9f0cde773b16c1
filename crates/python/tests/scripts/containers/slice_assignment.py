items = list(range(10))
items[2:5] = ["a", "b"]
print(items)
items[1:1] = [10, 20]
items[-2:] = []
print(items)
items[::2] = ["even"] * len(items[::2])
print(items)
del items[0], items[-1]
del items[1:3]
print(items)
items[:] = range(3)
items += [3]
items *= 2
print(items, items[slice(1, 4)], items[slice(None, None, -2)], slice(1, 10, 2), slice(1, 10, 2).indices(5))
nested = [[0] * 2 for _ in range(2)]
nested[0][1] = 5
print(nested)
try:
    items[::2] = [1]
except ValueError as error:
    print(error)
