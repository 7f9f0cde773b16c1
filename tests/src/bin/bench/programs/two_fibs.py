import threading
import time


def fib(n):
    return n if n < 2 else fib(n - 1) + fib(n - 2)


def work():
    fib(25)


def in_two_threads():
    threads = [threading.Thread(target=work) for _ in range(2)]
    start = time.perf_counter()
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return (time.perf_counter() - start) * 1000


# Once before: a browser makes fast code only of what has run for a while.
in_two_threads()
print(in_two_threads())
