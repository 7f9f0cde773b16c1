import queue
import threading
import time

items = queue.Queue()


def producer():
    for number in range(4):
        time.sleep(0.06)
        print("made", number)
        items.put(number)
    items.put(None)


def consumer():
    while (item := items.get()) is not None:
        time.sleep(0.02)
        print("used", item)
    print("consumer ends")


threads = [threading.Thread(target=target) for target in (consumer, producer)]
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()
print(items.empty())
