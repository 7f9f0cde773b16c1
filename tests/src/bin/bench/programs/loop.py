import time


def work():
    n = 10_000_000
    while n:
        n -= 1


start = time.perf_counter()
work()
print((time.perf_counter() - start) * 1000)
