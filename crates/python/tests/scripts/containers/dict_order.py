order = {}
for word in "the quick brown fox jumps over the lazy dog the end".split():
    order[word] = order.get(word, 0) + 1
print(order)
del order["quick"]
order["quick"] = "again at the end"
order["the"] = "stays at the front"
print(order)
print({number: None for number in (5, -1, 10 ** 20, 2.5, 0)})
keys = list(order)
for key in keys:
    if len(key) > 4:
        del order[key]
print(order, list(order.items())[0])
try:
    for key in order:
        order[key + "!"] = 1
except RuntimeError as error:
    print(error)
