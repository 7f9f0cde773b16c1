x = "module"


def reads():
    return x


def hides():
    x = "local"
    return x, reads()


def nested():
    x = "enclosing"

    class Body:
        y = x
        x = "class"

        def method(self):
            return x

    return Body.y, Body.x, Body().method()


print(reads(), hides(), x, nested())
len_before = len
len = lambda value: "shadowed"
print(len([1]))
del len
print(len([1]), len is len_before)
for loop_name in range(2):
    inner = loop_name
print(loop_name, inner)


def conditional(flag):
    if flag:
        value = "set"
    return value


print(conditional(True))
try:
    conditional(False)
except UnboundLocalError as error:
    print(error)
try:
    x = x + undefined
except NameError as error:
    print(error, x)
