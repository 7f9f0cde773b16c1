@ABOUT
#
# But in Python only one thread at a time computes, the one that holds the global interpreter lock (GIL),
# so only sleeps overlap. In a free-threaded build, such as python3.14t, computing overlaps as well.
import time
from concurrent.futures import ThreadPoolExecutor

@COMMON


@RUN


SPEED = calibrate()
START = time.perf_counter()

with ThreadPoolExecutor(max_workers=@POOL) as pool:
    futures = [pool.submit(run, number) for number in range(len(TASKS))]
for future in futures:
    future.result()  # raises if the task crashed

print(f"all done after {1000 * (time.perf_counter() - START):.1f} ms")
