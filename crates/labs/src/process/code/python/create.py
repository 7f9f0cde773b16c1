@ABOUT
import multiprocessing
import threading
import time
from statistics import median

REPEATS = @REPEATS


def milliseconds(start_one):
    """How long it takes from asking for a new one until its first message is back."""
    asked = time.perf_counter()
    one = start_one()
    took = 1000 * (time.perf_counter() - asked)
    one.join()
    return took


def thread():
    up = threading.Event()
    one = threading.Thread(target=up.set)
    one.start()
    up.wait()
    return one


def process():
    up = SYSTEM.Event()
    one = SYSTEM.Process(target=say, args=(up,))
    one.start()
    up.wait()
    return one


def say(up):
    up.set()


# A new Python, not a copy of this one.
SYSTEM = multiprocessing.get_context("spawn")

# A new process imports this file; then it must not start processes itself.
if __name__ == "__main__":
    threads, processes = [], []
    for _ in range(REPEATS):
        threads.append(milliseconds(thread))
        processes.append(milliseconds(process))
    print(f"thread   {median(threads):8.3f} ms")
    print(f"process  {median(processes):8.3f} ms")
    print(f"a process takes {median(processes) / median(threads):.1f} times as long")
