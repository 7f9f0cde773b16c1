import queue
import threading
import time

tasks, results = queue.Queue(), queue.Queue()


def worker():
    while True:
        number = tasks.get()
        if number is None:
            tasks.put(None)
            return
        time.sleep(0.01)
        results.put((number, number ** 2))


workers = [threading.Thread(target=worker) for _ in range(4)]
for thread in workers:
    thread.start()
for number in range(20):
    tasks.put(number)
tasks.put(None)
for thread in workers:
    thread.join()
collected = dict(results.get() for _ in range(results.qsize()))
print(len(collected), sum(collected.values()), sorted(collected) == list(range(20)), tasks.qsize())
