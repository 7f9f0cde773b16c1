print(range(5), range(1, 5), range(0, 10, 3), list(range(10, 0, -3)), list(range(0)), list(range(5, 1)))
steps = range(0, 100, 7)
print(len(steps), steps[3], steps[-1], steps[2:5], 49 in steps, 50 in steps, steps.index(14), steps.start, steps.stop, steps.step)
print(range(3) == range(0, 3), range(0) == range(5, 1), list(reversed(range(4))), sum(range(1, 101)), max(range(0, 50, 7)))
print(len(range(10 ** 6)), 10 ** 15 in range(10 ** 18), bool(range(0)))
for wrong in (lambda: range(1, 2, 0), lambda: range(3)[5], lambda: range(1.5)):
    try:
        wrong()
    except (ValueError, IndexError, TypeError) as error:
        print(type(error).__name__, error)
