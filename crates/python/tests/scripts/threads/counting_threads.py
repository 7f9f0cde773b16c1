import threading
import time


def nap():
    time.sleep(0.15)


print(threading.active_count(), [thread.name for thread in threading.enumerate()])
threads = [threading.Thread(target=nap, name=f"nap-{number}") for number in range(3)]
for thread in threads:
    thread.start()
print(threading.active_count(), sorted(thread.name for thread in threading.enumerate()))
for thread in threads:
    thread.join()
print(threading.active_count(), threading.main_thread() in threading.enumerate())
