import operator

print(operator.add(1, 2), operator.sub(5, 3), operator.mul(2, 3), operator.truediv(1, 2), operator.floordiv(7, 2), operator.mod(7, 3), operator.pow(2, 5))
print(operator.eq(1, 1), operator.lt(1, 2), operator.ge(1, 2), operator.not_(0), operator.neg(5), operator.is_(None, None), operator.contains([1], 1), operator.truth([]))
people = [{"name": "Ada", "age": 36}, {"name": "Alan", "age": 35}]
print(sorted(people, key=operator.itemgetter("age")), operator.itemgetter(1, 0)("ab"), list(map(operator.itemgetter(0), ["xy", "z"])))


class Box:
    def __init__(self, size):
        self.size = size

    def grow(self, by):
        return self.size + by


print(operator.attrgetter("size")(Box(3)), operator.methodcaller("grow", 4)(Box(3)), operator.and_(6, 3), operator.xor(6, 3), operator.lshift(1, 4))
values = [1, 2]
operator.setitem(values, 0, 9)
print(values, operator.getitem(values, 1), operator.concat([1], [2]), operator.index(True), operator.iadd([1], [2]))
