@ABOUT
#
# The interpreter's global lock (GIL) changes hands every 5 ms, but only at some of its steps. So whether additions get
# lost depends on the version, and a run in which none does proves nothing.
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
            # Here is the window: what others store now is overwritten.
            counter.value = seen + one()

    seconds = in_threads(add)
    return counter.value, seconds


report(count)
