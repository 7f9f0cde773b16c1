import time
from concurrent.futures import ThreadPoolExecutor


def work(name):
    time.sleep(0.1)
    print("finished", name)


executor = ThreadPoolExecutor(1)
executor.submit(work, "a")
executor.submit(work, "b")
executor.shutdown(wait=False)
print("shutdown returns at once")
try:
    executor.submit(work, "c")
except RuntimeError as error:
    print(error)
executor.shutdown()
print("everything accepted was done")
other = ThreadPoolExecutor(1)
futures = [other.submit(work, number) for number in range(4)]
time.sleep(0.05)
other.shutdown(cancel_futures=True)
print([future.cancelled() for future in futures])
