import threading
import time

seats = threading.Semaphore(2)
inside = most = 0
guard = threading.Lock()


def visit(name):
    global inside, most
    with seats:
        with guard:
            inside += 1
            most = max(most, inside)
        time.sleep(0.06)
        with guard:
            inside -= 1


threads = [threading.Thread(target=visit, args=(number,)) for number in range(6)]
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()
print("never more than", most, "now", inside)
print(seats.acquire(), seats.acquire(timeout=1), seats.acquire(blocking=False), seats.acquire(timeout=0.03))
seats.release()
seats.release(2)
print([seats.acquire(blocking=False) for _ in range(4)])
try:
    threading.Semaphore(-1)
except ValueError as error:
    print(error)
