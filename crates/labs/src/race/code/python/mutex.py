@ABOUT
import statistics
import threading
import time

@COMMON


class Counter:
    def __init__(self):
        self.value = 0
        # Kept beside the data it guards: whoever touches the data takes the lock.
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
