@ABOUT
import statistics
import threading
import time

@COMMON


class Counter:
    def __init__(self):
        self.value = 0
        # Beside the data that it guards: all who touch the one take the other.
        self.lock = threading.Lock()


def count():
    counter = Counter()

    def add():
        for _ in range(ADDS):
            with counter.lock:
                counter.value = counter.value + one()

    seconds = in_threads(add)
    return counter.value, seconds


report(count)
