try:
    try:
        {}["missing"]
    except KeyError as error:
        raise ValueError("bad key") from error
except ValueError as error:
    print(error, repr(error.__cause__), repr(error.__context__), error.__suppress_context__)
try:
    try:
        1 / 0
    except ZeroDivisionError:
        raise RuntimeError("while handling")
except RuntimeError as error:
    print(error, repr(error.__cause__), repr(error.__context__))
try:
    try:
        1 / 0
    except ZeroDivisionError:
        raise RuntimeError("alone") from None
except RuntimeError as error:
    print(error, error.__cause__, error.__suppress_context__)


def reraise():
    try:
        raise KeyError("again")
    except KeyError:
        print("logging")
        raise


try:
    reraise()
except KeyError as error:
    print("reraised", error)
for wrong in (5, "text", int):
    try:
        raise wrong
    except TypeError as error:
        print(error)
try:
    raise
except RuntimeError as error:
    print(error)
