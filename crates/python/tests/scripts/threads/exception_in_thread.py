import threading
import time


def divide(a, b):
    print("dividing")
    return a / b


def work():
    divide(1, 0)
    print("never")


thread = threading.Thread(target=work, name="divider")
thread.start()
thread.join()
print("main goes on", thread.is_alive())
second = threading.Thread(target=lambda: [][1])
second.start()
second.join()
time.sleep(0.01)
print("exit code 0")
