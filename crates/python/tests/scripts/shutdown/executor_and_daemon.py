import threading
import time
from concurrent.futures import ThreadPoolExecutor


def daemon():
    while True:
        time.sleep(0.15)
        print("daemon tick")


def task(number):
    time.sleep(0.1)
    print("task", number)


threading.Thread(target=daemon, daemon=True).start()
executor = ThreadPoolExecutor(1)
executor.submit(task, 1)
executor.submit(task, 2)
print("main ends; the executor is drained, the daemon is not")
