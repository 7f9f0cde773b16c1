total = 0
names = []


def add(number):
    global total
    total += number
    names.append(number)


def shadow():
    total = "local"
    return total


def make():
    global created
    created = "by a function"


for n in (1, 2, 3):
    add(n)
make()
print(total, names, shadow(), total, created, n)
print("total" in globals(), globals()["total"], sorted(name for name in globals() if not name.startswith("_")))


def locals_of(a, b=2):
    c = a + b
    return locals()


print(locals_of(1), __name__)
del total
try:
    add(1)
except NameError as error:
    print(error)
