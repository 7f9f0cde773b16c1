import time
from concurrent.futures import ThreadPoolExecutor


def work(number):
    time.sleep(0.06)
    print("task", number)


executor = ThreadPoolExecutor(max_workers=1)
for number in range(3):
    executor.submit(work, number)
print("main ends, and nobody waits")
