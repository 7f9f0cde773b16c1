import math

print([round(x) for x in (0.5, 1.5, 2.5, -0.5, -1.5, 2.4999, 2.5001)])
print(round(2.675, 2), round(1.005, 2), round(0.125, 2), round(0.375, 2), round(1234.5678, -2))
print(round(1234, -2), round(1250, -2), round(1350, -2), round(-1250, -2), round(5, 3), round(15, -1), round(25, -1))
print(round(3.7), type(round(3.7)), round(3.7, 0), type(round(3.7, 0)), round(True), round(1e300) == int(1e300))
print(math.floor(-2.5), math.ceil(-2.5), math.trunc(-2.5), math.floor(7), int(-2.5))
print("{:.0f} {:.0f} {:.0f} {:.1f} {:.2f}".format(0.5, 1.5, 2.5, 0.25, 2.675))
for value in (float("nan"), float("inf")):
    try:
        round(value)
    except (ValueError, OverflowError) as error:
        print(type(error).__name__, error)
