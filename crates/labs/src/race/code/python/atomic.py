@ABOUT
#
# Python has no atomic numbers. What comes nearest is a call that the interpreter does in one step, as next() of
# itertools.count: CPython lets no other thread in meanwhile, but the language does not promise it.
import itertools
import statistics
import threading
import time

@COMMON


def count():
    counter = itertools.count()

    def add():
        for _ in range(ADDS):
            one()
            next(counter)

    seconds = in_threads(add)
    # It gives first how often it was called before.
    return next(counter), seconds


report(count)
