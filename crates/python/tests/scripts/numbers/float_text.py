for value in (0.1, 0.1 + 0.2, 1.0, -0.0, 1e15, 1e16, 123456789012345678.0, 1e-4, 1e-5, 1.5e300, 5e-324, 2 / 3):
    print(value, repr(value), str(value))
infinity = float("inf")
print(infinity, -infinity, infinity - infinity, float("nan"), float("-Infinity"))
print(float("1e3"), float("  -2.5  "), float("1_000.5"), float(7), float(True))
print(1e308 * 10, 100 * 1.1, 3.0 * 2, 7.0 // 2, -7.0 // 2, -7.5 % 2, 7.5 % -2, divmod(-7.5, 2))
print([1.0, 2.5], (0.5,), {"x": 1e100}, 1e22, 1e21 + 1)
print(0.1 + 0.2 == 0.3, float("nan") == float("nan"), 0.0 == -0.0, infinity > 10 ** 400)
