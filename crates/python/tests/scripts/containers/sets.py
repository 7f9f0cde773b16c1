odd, prime = {1, 3, 5, 7, 9}, {2, 3, 5, 7}
print(sorted(odd | prime), sorted(odd & prime), sorted(odd - prime), sorted(odd ^ prime), len(odd), 3 in odd)
print({3, 5} <= odd, odd >= {1}, odd < odd, odd.issubset(odd), odd.isdisjoint({2, 4}), {1, 2} == {2, 1}, set(), {7}, frozenset({7}), frozenset())
odd.add(11)
odd.add(3)
odd.discard(100)
odd.remove(1)
odd.update([13], (15,))
odd -= {15}
print(sorted(odd), sorted(odd.union([1], [2])), sorted(odd.intersection([3, 5, 6])), sorted(odd.difference([3])), sorted(odd.symmetric_difference([3, 4])))
print(sorted(set("mississippi")), sorted({n % 3 for n in range(10)}), {frozenset({1, 2}): "pair"}[frozenset([2, 1])], hash(frozenset([1])) == hash(frozenset([1])))
copy = odd.copy()
copy.clear()
print(copy, bool(copy), {5}.pop(), type({}), type({1}), {1, True, 1.0})
for wrong in (lambda: odd.remove(99), lambda: set().pop(), lambda: {[]}, lambda: {1} + {2}, lambda: hash({1})):
    try:
        wrong()
    except (KeyError, TypeError) as error:
        print(type(error).__name__, error)
