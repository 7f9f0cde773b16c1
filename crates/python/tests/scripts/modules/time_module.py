import time

start, counter, monotonic = time.time(), time.perf_counter(), time.monotonic()
time.sleep(0.1)
elapsed, by_counter, by_monotonic = time.time() - start, time.perf_counter() - counter, time.monotonic() - monotonic
print([0.09 < value < 0.4 for value in (elapsed, by_counter, by_monotonic)], isinstance(start, float), start > 1.6e9)
before = time.thread_time()
total = 0
for n in range(20000):
    total += n
used = time.thread_time() - before
print(used > 0, used < 5, total)
asleep = time.thread_time()
time.sleep(0.05)
print(time.thread_time() - asleep < 0.04, time.sleep(0))
print(time.perf_counter_ns() > 0, isinstance(time.time_ns(), int), time.process_time() >= 0)
try:
    time.sleep(-1)
except ValueError as error:
    print(error)
