def counter(start=0):
    count = start

    def step(by=1):
        nonlocal count
        count += by
        return count

    return step


one, other = counter(), counter(10)
print(one(), one(), other(5), one(), other())


def adders_late():
    return [lambda x: x + n for n in range(3)]


def adders_early():
    return [lambda x, n=n: x + n for n in range(3)]


print([add(10) for add in adders_late()], [add(10) for add in adders_early()])


def outer():
    x = "outer"

    def middle():
        def inner():
            nonlocal x
            x = "inner"
            return x
        return inner

    middle()()
    return x


print(outer())


def unbound():
    print(later)
    later = 1


def free():
    def inner():
        return value
    if False:
        value = 1
    return inner()


for wrong in (unbound, free, lambda: undefined_name):
    try:
        wrong()
    except NameError as error:
        print(type(error).__name__, error)
