@ABOUT
# Two threads each add 1 to one counter, once, with a lock around it; again and again, and each end is counted.
import time
from collections import Counter
from threading import Barrier, Lock, Thread

RUNS = @RUNS
counter = 0
lock = Lock()
start = Barrier(2)
end = Barrier(2)
ends = Counter()


def add(thread):
    global counter
    for run in range(RUNS):
        start.wait()
        with lock:
            value = counter  # load
            if run % 2:
                time.sleep(0)  # the other thread may run, but it has to wait for the lock
            value = value + 1
            counter = value  # store
        end.wait()
        if thread == 0:
            ends[counter] += 1
            counter = 0


threads = [Thread(target=add, args=(number,)) for number in range(2)]
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()
for value, count in sorted(ends.items()):
    print(f"counter = {value}: {count} of {RUNS} runs")
