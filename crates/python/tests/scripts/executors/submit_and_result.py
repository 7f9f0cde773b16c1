import time
from concurrent.futures import ThreadPoolExecutor


def work(name, seconds=0.0):
    time.sleep(seconds)
    return f"{name} after {seconds}"


with ThreadPoolExecutor(max_workers=2) as executor:
    slow = executor.submit(work, "slow", 0.16)
    fast = executor.submit(work, "fast", seconds=0.08)
    time.sleep(0.02)
    print(fast.done(), slow.running())
    print(fast.result(), fast.done(), slow.done())
    print(slow.result(timeout=1), slow.done(), slow.cancelled(), slow.exception())
print("the executor is shut down")
try:
    executor.submit(work, "late")
except RuntimeError as error:
    print(error)
