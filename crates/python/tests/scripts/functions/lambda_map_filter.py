square = lambda x: x * x
print(square(5), (lambda: "called")(), (lambda *a, **k: (a, k))(1, b=2), list(map(square, range(5))), list(filter(None, [0, 1, "", "a", [], [0]])))
print(list(map(lambda a, b: a + b, [1, 2, 3], [10, 20])), list(filter(lambda n: n % 2, range(6))), sorted("bca", key=lambda c: -ord(c)))
print(list(zip("abc", range(2))), list(zip(*[(1, "a"), (2, "b")])), list(enumerate("ab", 1)), any(n > 2 for n in range(4)), all([]), any([]))
print(sum(map(int, "12345")), max(map(len, ["a", "bbb"])), list(reversed([1, 2])), dict(map(lambda pair: pair[::-1], {"a": 1}.items())))
compose = lambda *functions: lambda x: [x := function(x) for function in functions][-1]
print(compose(square, str, lambda s: s + "!")(4))
mapped = map(str, [1, 2])
print(next(mapped), next(mapped), next(mapped, "done"), callable(square), callable(5))
try:
    list(zip([1], [1, 2], strict=True))
except ValueError as error:
    print(error)
