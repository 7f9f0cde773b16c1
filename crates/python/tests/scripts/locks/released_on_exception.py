import threading

lock = threading.Lock()


def fail():
    with lock:
        print("holding it", lock.locked())
        raise ValueError("inside")


for _ in range(2):
    try:
        fail()
    except ValueError as error:
        print("after", error, lock.locked())


def by_hand():
    lock.acquire()
    try:
        return lock.locked()
    finally:
        lock.release()


print(by_hand(), lock.locked())
