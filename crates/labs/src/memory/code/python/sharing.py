@ABOUT
# Two threads each add to their own counter. Only the distance between the two counters differs.
#
# Python hides the effect: the usual CPython has one lock, so that only one thread at a time adds, and what the interpreter
# does for each increment takes far longer than the increment. It is measured all the same.
import sys
from array import array
from statistics import median
from threading import Barrier, Thread
from time import perf_counter

REPEATS = @REPEATS
COUNT = 200_000


def count(apart):
    """Two threads count in counters `apart` bytes from each other; return nanoseconds per increment."""
    counters = array("Q", bytes(1024))
    together = Barrier(2)
    took = []

    def increment(counter):
        together.wait()
        start = perf_counter()
        for _ in range(COUNT):
            counters[counter] += 1
        took.append((perf_counter() - start) * 1e9 / COUNT)

    threads = [Thread(target=increment, args=(32 + number * apart // 8,)) for number in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sum(counters) == 2 * COUNT
    return sum(took) / 2


# Builds of CPython that can run without the lock report whether it is on.
has_lock = getattr(sys, "_is_gil_enabled", lambda: True)()
if has_lock:
    print("one lock: the threads take turns, whatever the distance")
else:
    print("no lock: the threads add at the same time")

distances = [8, 64, 128]
samples = {apart: [] for apart in distances}
for _ in range(REPEATS):
    for apart in distances:
        samples[apart].append(count(apart))
for apart in distances:
    print(f"{apart:>4} bytes apart: {median(samples[apart]):.2f} ns per increment")
print(f"8 bytes apart: {median(samples[8]) / median(samples[128]):.1f} times as long as 128")
