import threading
import time

lock = threading.Lock()
event = threading.Event()


def waits(wait):
    wait()
    print("never")


lock.acquire()
for wait in (lock.acquire, event.wait, threading.Barrier(2).wait, threading.Semaphore(0).acquire):
    threading.Thread(target=waits, args=(wait,), daemon=True).start()
time.sleep(0.05)
print("main ends; who waits for ever as a daemon does not hold it up", threading.active_count())
