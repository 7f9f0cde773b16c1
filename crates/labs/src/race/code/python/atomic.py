@ABOUT
#
# Python has no atomic numbers. The nearest thing is a call that the interpreter runs in one step, like next() of
# itertools.count: CPython lets no other thread in during it, but the language does not promise that.
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
    # It returns the number of earlier calls.
    return next(counter), seconds


report(count)
