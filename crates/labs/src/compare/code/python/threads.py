@ABOUT
#
# But in Python only one thread at a time computes, the one that holds the global interpreter lock (GIL),
# so only sleeps overlap. In a free-threaded build, such as python3.14t, computing overlaps as well.
import threading
import time

@COMMON


@RUN


SPEED = calibrate()
START = time.perf_counter()

threads = [threading.Thread(target=run, args=(number,)) for number in range(len(TASKS))]
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()

print(f"all done after {1000 * (time.perf_counter() - START):.1f} ms")
