import threading
import time


def work(name, seconds):
    print(name, "begins")
    time.sleep(seconds)
    print(name, "ends")


slow = threading.Thread(target=work, args=("slow", 0.2))
fast = threading.Thread(target=work, args=("fast",), kwargs={"seconds": 0.1})
slow.start()
time.sleep(0.05)
fast.start()
slow.join()
fast.join()
print("main ends")
