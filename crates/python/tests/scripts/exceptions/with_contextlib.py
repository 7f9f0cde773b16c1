import contextlib


@contextlib.contextmanager
def section(name):
    print("begin", name)
    try:
        yield name.upper()
    except ValueError as error:
        print("handled", error)
    finally:
        print("end", name)


with section("one") as shown:
    print(shown)
with section("two"):
    raise ValueError("inside")
with contextlib.suppress(KeyError, IndexError):
    [][1]
    print("not reached")
try:
    with section("three"):
        raise TypeError("not handled")
except TypeError as error:
    print(error)
print("after")
