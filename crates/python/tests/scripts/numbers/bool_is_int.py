print(True + True, True * 5, sum([True, False, True]), True == 1, isinstance(True, int), True is True)
print(bool(0), bool(""), bool([]), bool({}), bool(None), bool(0.0), bool("0"), bool([0]), bool(-1))
print(not 1, not None, 1 and 2, 0 and 2, 1 or 2, 0 or "", None or "default")
print(int(True), float(False), str(True), repr(False), f"{True:d} {True} {True:>6}")
print({True: "a", 1: "b", 1.0: "c"}, [True, 1].count(1), True < 2, max(True, 0.5))


class Empty:
    def __len__(self):
        return 0


class Falsy:
    def __bool__(self):
        return False


print(bool(Empty()), bool(Falsy()), bool(Empty), bool(object()))
