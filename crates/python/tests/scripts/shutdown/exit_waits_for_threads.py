import sys
import threading
import time


def work():
    time.sleep(0.1)
    print("the thread finishes first")


threading.Thread(target=work).start()
print("main asks to exit")
sys.exit(4)
