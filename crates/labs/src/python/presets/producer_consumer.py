# One thread makes what another uses. The queue between them has room for two.
import queue
import threading
import time

shelf = queue.Queue(maxsize=2)


def baker():
    for loaf in range(5):
        shelf.put(loaf)
        print(f"loaf {loaf} is on the shelf")
        time.sleep(0.05)
    shelf.put(None)


def customer():
    while (loaf := shelf.get()) is not None:
        print(f"loaf {loaf} is sold")
        time.sleep(0.15)


threads = [threading.Thread(target=baker), threading.Thread(target=customer)]
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()
print("closed")
