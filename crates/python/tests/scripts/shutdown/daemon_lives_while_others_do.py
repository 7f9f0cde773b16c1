import threading
import time


def daemon():
    for number in range(10):
        time.sleep(0.1)
        print("daemon", number)


def worker():
    time.sleep(0.15)
    print("worker ends, and the daemon with it")


threading.Thread(target=daemon, daemon=True).start()
threading.Thread(target=worker).start()
print("main ends")
