import multiprocessing
import queue
import time


def consume(items, seconds):
    time.sleep(seconds)
    while (item := items.get()) is not None:
        print("got", item, flush=True)


if __name__ == "__main__":
    empty = multiprocessing.Queue()
    for get in (empty.get_nowait, lambda: empty.get(timeout=0.05), lambda: empty.get(False)):
        try:
            get()
        except queue.Empty as error:
            print(type(error).__name__, error.args)
    print(empty.empty(), empty.full(), empty.qsize())
    items = multiprocessing.Queue(maxsize=2)
    for number in range(4):
        try:
            items.put(number, timeout=0.05)
        except queue.Full:
            print("full at", number, items.full())
    time.sleep(0.1)
    print(items.qsize(), items.empty())
    consumer = multiprocessing.Process(target=consume, args=(items, 0.2))
    consumer.start()
    for number in range(10, 14):
        items.put(number)
    items.put(None)
    consumer.join()
    time.sleep(0.1)
    print(items.empty(), consumer.exitcode)
