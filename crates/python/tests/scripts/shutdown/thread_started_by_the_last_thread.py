import threading
import time


def second():
    time.sleep(0.06)
    print("second ends")


def first():
    time.sleep(0.1)
    print("main has ended; first starts second")
    threading.Thread(target=second).start()


threading.Thread(target=first).start()
print("main ends")
