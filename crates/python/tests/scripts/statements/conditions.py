def grade(score):
    if score >= 90:
        return "A"
    elif score >= 80:
        return "B"
    else:
        return "C"


def loud(value):
    print("evaluated", value)
    return value


print([grade(score) for score in (95, 85, 10)])
print(loud(1) < loud(3) < loud(2) < loud(9))
print(loud(0) and loud(1), loud(0) or loud(2), not loud(0))
print(1 < 2 <= 2 != 3 == 3, 3 > 2 > 1 < 5, (1 < 2) == True, 1 in [1] == True, None is None is not False)
print("yes" if [] else "no", "a" if 0 else "b" if 1 else "c", (lambda: 1 if True else 2)())
if (length := len("walrus")) > 5:
    print("long", length)
values = iter([1, 2, 0, 3])
while value := next(values):
    print("value", value)
print(1 == 1.0 == True, [] is [], "" == "", (1, 2) == [1, 2], {} == {}, 0 == "0", None == 0)
if not (a := 0) and (b := 5):
    print(a, b)
pass
