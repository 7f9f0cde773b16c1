import threading
import time

lock = threading.Lock()
print(lock.locked(), lock.acquire(), lock.locked(), lock.acquire(blocking=False), lock.acquire(timeout=0.05), lock.acquire(False))
lock.release()
print(lock.locked())
with lock as taken:
    print(taken, lock.locked())
for wrong in (lock.release, lambda: lock.acquire(timeout=-5), lambda: lock.acquire(False, 1)):
    try:
        wrong()
    except (RuntimeError, ValueError) as error:
        print(type(error).__name__, error)


def holder():
    with lock:
        time.sleep(0.15)


thread = threading.Thread(target=holder)
thread.start()
time.sleep(0.05)
start = time.monotonic()
print(lock.acquire(timeout=0.03), lock.acquire(timeout=1), 0.05 < time.monotonic() - start < 0.5)
other = threading.Thread(target=lock.release)
other.start()
other.join()
print("any thread may release a lock", lock.locked())
