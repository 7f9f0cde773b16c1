class Multiplier:
    def __init__(self, factor):
        self.factor = factor

    def __call__(self, *numbers):
        return [n * self.factor for n in numbers]


triple = Multiplier(3)
print(triple(1, 2), list(map(triple, [1])), callable(triple))


class Resource:
    def __init__(self, name, swallow=False):
        self.name, self.swallow = name, swallow

    def __enter__(self):
        print("open", self.name)
        return self

    def __exit__(self, kind, error, traceback):
        print("close", self.name, kind and kind.__name__, error, traceback is not None)
        return self.swallow


with Resource("a") as a, Resource("b"):
    print("inside", a.name)
with Resource("quiet", swallow=True):
    raise ValueError("swallowed")
try:
    with Resource("loud"):
        raise KeyError("passed on")
except KeyError as error:
    print("caught", error)


def leave():
    with Resource("return"):
        return "value"


print(leave())
for number in range(3):
    with Resource(number):
        if number == 1:
            break
try:
    with 5:
        pass
except (TypeError, AttributeError) as error:
    print(type(error).__name__, error)
