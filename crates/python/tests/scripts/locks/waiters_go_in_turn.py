import threading
import time

lock = threading.Lock()


def enter(name):
    print(name, "waits")
    with lock:
        print(name, "has it")
        time.sleep(0.06)
    print(name, "left it") if name == "c" else None


lock.acquire()
threads = []
for name in "abc":
    thread = threading.Thread(target=enter, args=(name,))
    thread.start()
    threads.append(thread)
    time.sleep(0.05)
print("main lets go")
lock.release()
for thread in threads:
    thread.join()
