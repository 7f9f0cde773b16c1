import threading
import time


def fail():
    time.sleep(0.05)
    raise ValueError("in a thread, after main's end")


def work():
    time.sleep(0.12)
    print("the other goes on")


threading.Thread(target=fail, name="failing").start()
threading.Thread(target=work).start()
print("main ends with 0")
