a, b, c = 1, 2, [1, 2, 3, 4, 5]
del a, c[0], c[-1]
print(b, c)
del c[:2]
table = {"x": 1, "y": {"z": 2}}
del table["x"], table["y"]["z"]
print(c, table)


class Box:
    size = 1


box = Box()
box.size = 2
del box.size
print(box.size)
attempts = [lambda: a, lambda: table.__delitem__("q"), lambda: delattr(box, "size"), lambda: c.__delitem__(9)]
for attempt in attempts:
    try:
        attempt()
    except (NameError, KeyError, AttributeError, IndexError) as error:
        print(type(error).__name__, error)


def local():
    x = 1
    del x
    return x


try:
    local()
except UnboundLocalError as error:
    print(error)
del (b)
print("b" in globals())
