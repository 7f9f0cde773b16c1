import itertools
import operator

print(list(itertools.chain([1], "ab", range(2))), list(itertools.chain.from_iterable([[1], [2, 3]])), list(itertools.islice(itertools.count(5, 3), 4)))
print(list(itertools.islice(itertools.cycle("ab"), 5)), list(itertools.repeat("x", 3)), list(itertools.accumulate([1, 2, 3, 4])), list(itertools.accumulate([3, 1, 4, 1], max)), list(itertools.accumulate([1, 2], initial=10)))
print(list(itertools.takewhile(lambda n: n < 3, [1, 2, 3, 1])), list(itertools.dropwhile(lambda n: n < 3, [1, 2, 3, 1])), list(itertools.filterfalse(lambda n: n % 2, range(5))))
print(list(itertools.product("ab", [1, 2])), list(itertools.product([0, 1], repeat=2)), list(itertools.permutations([1, 2, 3], 2)))
print(list(itertools.combinations("abc", 2)), list(itertools.combinations_with_replacement("ab", 2)), len(list(itertools.permutations(range(5)))))
for key, group in itertools.groupby(sorted(["apple", "ant", "bee", "bat", "cat"]), key=lambda word: word[0]):
    print(key, list(group))
print([(k, len(list(g))) for k, g in itertools.groupby("aaabbc")], list(itertools.zip_longest("abc", [1], fillvalue="-")), list(itertools.starmap(pow, [(2, 3), (3, 2)])))
one, two = itertools.tee(iter([1, 2, 3]))
print(next(one), list(two), list(one), list(itertools.compress("abcd", [1, 0, 1, 0])), list(itertools.pairwise([1, 2, 3])), list(itertools.islice("abcdef", 1, 5, 2)))
