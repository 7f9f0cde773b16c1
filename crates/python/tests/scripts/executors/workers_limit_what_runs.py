import threading
import time
from concurrent.futures import ThreadPoolExecutor

running = most = 0
lock = threading.Lock()


def work(number):
    global running, most
    with lock:
        running += 1
        most = max(most, running)
    time.sleep(0.05)
    with lock:
        running -= 1
    return threading.get_ident()


start = time.monotonic()
with ThreadPoolExecutor(3) as executor:
    threads = set(executor.map(work, range(9)))
took = time.monotonic() - start
print(most, len(threads), 0.14 < took < 0.4)
