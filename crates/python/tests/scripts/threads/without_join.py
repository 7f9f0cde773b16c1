import threading
import time


def work():
    time.sleep(0.1)
    print("the thread prints after the main program's last line")


threading.Thread(target=work).start()
print("main's last line")
