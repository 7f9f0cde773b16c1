import threading
import time


def work(name, seconds):
    time.sleep(seconds)
    print(name, "ends", threading.main_thread().is_alive())


for name, seconds in (("slow", 0.15), ("fast", 0.06)):
    threading.Thread(target=work, args=(name, seconds)).start()
print("main ends")
