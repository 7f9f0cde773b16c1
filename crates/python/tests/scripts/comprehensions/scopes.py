def scaled(factor):
    return [n * factor for n in range(3)]


def nested(factor):
    return {row: [factor * row + column for column in range(row)] for row in range(3)}


x = 10
print(scaled(5), nested(7), [x for x in range(x // 4)], x)


def make():
    values = []
    adders = [lambda y, n=n: values.append(n + y) for n in range(3)]
    for add in adders:
        add(10)
    return values


print(make(), [[j for j in range(i)] for i in range(4)], [(i, j) for i in range(3) for j in range(i)])
try:
    print([unknown for n in range(1)])
except NameError as error:
    print(error)
try:
    [n for n in 5]
except TypeError as error:
    print(error)
lazy = (print("evaluated", n) or n for n in range(2))
print("created")
print(list(lazy))
