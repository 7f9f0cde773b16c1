@ABOUT
import statistics
import threading
import time

@COMMON


def count():
    sums = []
    lock = threading.Lock()

    def add():
        own = 0
        for _ in range(ADDS):
            own += one()
        # Once per thread.
        with lock:
            sums.append(own)

    seconds = in_threads(add)
    return sum(sums), seconds


report(count)
