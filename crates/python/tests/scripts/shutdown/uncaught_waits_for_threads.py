import threading
import time


def work():
    time.sleep(0.1)
    print("the thread finishes")


threading.Thread(target=work).start()
print("main fails")
raise RuntimeError("in main")
