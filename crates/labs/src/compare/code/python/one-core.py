@ABOUT
#
# Python's threads do this anyway: only the one that holds the global interpreter lock (GIL) runs.
# It releases the lock when it sleeps, and when it has run for the switch interval and another thread waits.
import sys
import threading
import time

@COMMON


@RUN


if not getattr(sys, "_is_gil_enabled", lambda: True)():
    print("This Python is a free-threaded build, without a GIL: the threads run on all cores.")

sys.setswitchinterval(@QUANTUM)  # seconds
SPEED = calibrate()
START = time.perf_counter()

threads = [threading.Thread(target=run, args=(number,)) for number in range(len(TASKS))]
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()

print(f"all done after {1000 * (time.perf_counter() - START):.1f} ms")
