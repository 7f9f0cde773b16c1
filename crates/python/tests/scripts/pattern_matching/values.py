RED = 0


class Color:
    GREEN = 1


def describe(value):
    match value:
        case 0:
            return "zero"
        case 1 | 2 | 3:
            return "few"
        case -1.5:
            return "negative"
        case "hello":
            return "greeting"
        case None:
            return "nothing"
        case True:
            return "never, for True is 1"
        case b"raw":
            return "bytes"
        case int() | float() if value > 1000:
            return "huge"
        case str(text) if len(text) > 5:
            return f"long {text}"
        case int(n):
            return f"int {n}"
        case _:
            return "other"


for value in (0, 2, -1.5, "hello", None, True, False, b"raw", 5000, "lengthy text", "x", 42, [], 2.5):
    print(repr(value), describe(value))


def color(value):
    match value:
        case Color.GREEN:
            return "green"
        case captured:
            return captured


print(color(1), color(7))
match 5:
    case 6:
        print("no")
print("no match is no error")
