import multiprocessing
import time


def producer(queue):
    for item in (1, "two", [3, {"four": 4.0}], None):
        queue.put(item)
        time.sleep(0.02)


if __name__ == "__main__":
    queue = multiprocessing.Queue()
    process = multiprocessing.Process(target=producer, args=(queue,))
    process.start()
    for item in iter(queue.get, None):
        print(item)
    process.join()
    print("ended", process.exitcode)
