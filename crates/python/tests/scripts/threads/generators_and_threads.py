import threading
import time


def ticks(name):
    for number in range(2):
        yield f"{name}{number}"


def consume(source, pause):
    for item in source:
        time.sleep(pause)
        print(item)


slow = threading.Thread(target=consume, args=(ticks("slow"), 0.2))
fast = threading.Thread(target=consume, args=(ticks("fast"), 0.05))
slow.start()
fast.start()
fast.join()
slow.join()


def endless():
    n = 0
    while True:
        n += 1
        yield n


numbers = endless()
for index in range(3):
    thread = threading.Thread(target=lambda: print(next(numbers)))
    thread.start()
    thread.join()
