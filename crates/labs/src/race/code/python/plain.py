@ABOUT
#
# The global interpreter lock (GIL) changes hands every 5 ms, but only between some steps. So whether additions get
# lost depends on the version, and a run in which none gets lost proves nothing.
import statistics
import threading
import time

@COMMON


class Counter:
    value = 0


def count():
    counter = Counter()

    def add():
        for _ in range(ADDS):
            seen = counter.value
            # Here is the window: what other threads store now gets overwritten.
            counter.value = seen + one()

    seconds = in_threads(add)
    return counter.value, seconds


report(count)
