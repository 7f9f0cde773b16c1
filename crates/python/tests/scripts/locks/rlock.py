import threading
import time

lock = threading.RLock()


def factorial(n):
    with lock:
        return 1 if n < 2 else n * factorial(n - 1)


print(factorial(10), lock.acquire(), lock.acquire(blocking=False))
tried = []
thread = threading.Thread(target=lambda: tried.append(lock.acquire(blocking=False)))
thread.start()
thread.join()
print("another thread:", tried)
lock.release()
lock.release()
try:
    lock.release()
except RuntimeError as error:
    print(error)


def take(name):
    with lock:
        with lock:
            print(name, "in")
            time.sleep(0.06)
            print(name, "out")


threads = [threading.Thread(target=take, args=(name,)) for name in "ab"]
for thread in threads:
    thread.start()
    time.sleep(0.03)
for thread in threads:
    thread.join()
