a = {1, 2, 3, 4}
a.intersection_update([2, 3, 4, 9])
print(sorted(a))
a.difference_update({4})
a.symmetric_difference_update({3, 5})
print(sorted(a), a.issuperset({2}), a.issuperset([9]), a >= {2, 5})
a |= {7}
a &= {5, 7, 8}
a ^= {8}
print(sorted(a), sorted(map(str, frozenset("ab") | {"c"})), type(frozenset("a") | {"b"}).__name__, type({"b"} | frozenset("a")).__name__)
for number in sorted(a):
    if number % 2:
        a.discard(number)
print(a)
try:
    for number in (growing := {1, 2}):
        growing.add(number + 10)
except RuntimeError as error:
    print(error)
try:
    frozenset({1}).add(2)
except AttributeError as error:
    print(error)
