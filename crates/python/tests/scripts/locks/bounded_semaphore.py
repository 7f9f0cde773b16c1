import threading
import time

pool = threading.BoundedSemaphore(1)
with pool:
    print("taken", pool.acquire(blocking=False))
try:
    pool.release()
except ValueError as error:
    print(error)


def use(name):
    pool.acquire()
    print(name, "uses it")
    time.sleep(0.06)
    pool.release()


threads = [threading.Thread(target=use, args=(name,)) for name in ("first", "second", "third")]
for thread in threads:
    thread.start()
    time.sleep(0.02)
for thread in threads:
    thread.join()
print("free again", pool.acquire(blocking=False))
