@ABOUT
import time
from multiprocessing import Process

@COMMON


@RUN


def child(number, speed, start):
    """What a process does. It has its own memory, so everything it needs is passed to it."""
    global SPEED, START
    SPEED, START = speed, start
    run(number)


# A new process may import this file; then it must not start processes itself.
if __name__ == "__main__":
    SPEED = calibrate()
    START = time.perf_counter()

    processes = [Process(target=child, args=(number, SPEED, START)) for number in range(len(TASKS))]
    for process in processes:
        process.start()
    for process in processes:
        process.join()

    print(f"all done after {1000 * (time.perf_counter() - START):.1f} ms")
