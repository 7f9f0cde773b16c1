import threading
import time

door = threading.Event()
entered = []


def guest(number):
    door.wait()
    time.sleep(0.06 * number)
    entered.append(number)


guests = [threading.Thread(target=guest, args=(number,)) for number in (3, 1, 2)]
for thread in guests:
    thread.start()
time.sleep(0.05)
print("before", entered)
door.set()
for thread in guests:
    thread.join()
print("after", entered)
