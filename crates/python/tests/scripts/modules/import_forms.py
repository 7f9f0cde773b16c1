import collections
import math as m
from collections import OrderedDict, deque as double_ended
from functools import reduce
from itertools import (
    chain,
    islice,
)

print(m.floor(2.5), collections.Counter("aab"), double_ended([1]), reduce(lambda a, b: a + b, [1, 2]), list(chain([1], [2])), list(islice("abc", 2)))
print(m.__name__, collections.deque is double_ended, type(m).__name__, hasattr(m, "pi"))


def local_import():
    import string
    from operator import add
    return string.digits, add(1, 2)


print(local_import(), "string" in globals(), OrderedDict(a=1)["a"])
