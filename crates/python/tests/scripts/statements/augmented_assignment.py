n = 5
n += 3
n -= 1
n *= 4
n //= 3
n **= 2
n %= 50
n <<= 3
n |= 1
n &= 0xFF
n ^= 2
n >>= 1
print(n)
x = 7
x /= 2
text = "a"
text += "b" * 2
text *= 2
print(x, text)
items = shared = [1]
items += (2, 3)
items *= 2
print(shared, items is shared)
pair = shared_pair = (1,)
pair += (2,)
print(pair, shared_pair)
table = {"a": [1], "n": 1}
table["n"] += 1
table["a"] += [2]
print(table)


class Box:
    count = 0


box = Box()
box.count += 5
print(box.count, Box.count)


def index():
    print("index evaluated once")
    return 0


items[index()] += 100
print(items)
locked = ([1],)
try:
    locked[0] += [2]
except TypeError as error:
    print(error, locked)
