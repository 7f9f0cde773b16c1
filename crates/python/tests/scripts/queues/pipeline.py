import queue
import threading
import time

STOP = object()


def stage(function, source, sink):
    while (item := source.get()) is not STOP:
        sink.put(function(item))
    sink.put(STOP)


def pause(number):
    time.sleep(0.03)
    return number


queues = [queue.Queue() for _ in range(4)]
functions = [pause, lambda n: n * n, lambda n: f"<{n}>"]
threads = [threading.Thread(target=stage, args=(function, queues[i], queues[i + 1])) for i, function in enumerate(functions)]
for thread in threads:
    thread.start()
for number in range(5):
    queues[0].put(number)
queues[0].put(STOP)
for item in iter(queues[-1].get, STOP):
    print(item)
for thread in threads:
    thread.join()
print("stages ended")
