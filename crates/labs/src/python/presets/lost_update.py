# Two threads add to one counter. Without a lock both may read the same number, and one of the two additions is lost.
import threading

TIMES = 200_000
counter = 0
lock = threading.Lock()


def plus_one(number):
    return number + 1


def add():
    global counter
    for _ in range(TIMES):
        counter = plus_one(counter)


def add_with_lock():
    global counter
    for _ in range(TIMES):
        with lock:
            counter = plus_one(counter)


def run(target):
    global counter
    counter = 0
    threads = [threading.Thread(target=target) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return counter


print(f"without a lock: {run(add):,} of {2 * TIMES:,}")
print(f"with a lock: {run(add_with_lock):,} of {2 * TIMES:,}")
