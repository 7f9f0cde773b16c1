# Two threads compute. With the GIL they take turns, and take as long as one after the other; without it they use two cores.
import threading
import time


def count_down(n):
    while n:
        n -= 1


def timed(run):
    start = time.perf_counter()
    run()
    return time.perf_counter() - start


def one_after_the_other():
    for _ in range(2):
        count_down(1_000_000)


def two_threads():
    threads = [threading.Thread(target=count_down, args=(1_000_000,)) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


print(f"one after the other: {timed(one_after_the_other):.2f} s")
print(f"two threads: {timed(two_threads):.2f} s")
