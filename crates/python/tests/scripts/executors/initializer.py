import threading
import time
from concurrent.futures import ThreadPoolExecutor

local = threading.local()
made = []
lock = threading.Lock()


def prepare(prefix):
    with lock:
        local.name = f"{prefix}-{len(made)}"
        made.append(local.name)


def work(number):
    time.sleep(0.06)
    return f"{local.name.split('-')[0]} {number}"


with ThreadPoolExecutor(max_workers=2, initializer=prepare, initargs=("worker",)) as executor:
    print(list(executor.map(work, range(4))))
print(sorted(made))
