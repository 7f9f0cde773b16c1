def attempt(action):
    try:
        result = action()
    except (ZeroDivisionError, KeyError) as error:
        print("caught", type(error).__name__, error)
        return "handled"
    except ValueError:
        print("value")
        return "value"
    else:
        print("no error")
        return result
    finally:
        print("finally")


print(attempt(lambda: 1), attempt(lambda: 1 / 0), attempt(lambda: {}["k"]), attempt(lambda: int("x")))


def overriding():
    for n in range(5):
        try:
            if n == 1:
                continue
            if n == 3:
                break
            print("body", n)
        finally:
            print("cleanup", n)
    try:
        return "first"
    finally:
        print("before returning")


print(overriding())
try:
    try:
        raise TypeError("inner")
    finally:
        print("inner finally")
except TypeError as error:
    print("outer caught", error)
try:
    raise LookupError
except Exception as error:
    print(repr(error), isinstance(error, LookupError))
try:
    error
except NameError as missing:
    print(missing)
