import queue
import threading
import time

buffer = queue.Queue(maxsize=1)


def producer():
    for number in range(3):
        before = time.monotonic()
        buffer.put(number)
        waited = time.monotonic() - before
        time.sleep(0.03)
        print("put", number, "after a wait" if waited > 0.04 else "at once")
    print("producer ends")


thread = threading.Thread(target=producer)
thread.start()
for _ in range(3):
    time.sleep(0.12)
    print("got", buffer.get())
thread.join()
print(buffer.qsize())
