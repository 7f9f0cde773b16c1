import queue
import threading
import time

tasks = queue.PriorityQueue()
for priority, name in ((3, "sweep"), (1, "alarm"), (2, "reply"), (1, "aid")):
    tasks.put((priority, name))


def worker():
    while True:
        priority, name = tasks.get()
        if name == "stop":
            break
        print(priority, name)
        time.sleep(0.09)
        tasks.task_done()


thread = threading.Thread(target=worker)
thread.start()
time.sleep(0.05)
tasks.put((0, "urgent, comes late"))
tasks.put((99, "stop"))
thread.join()
print(tasks.qsize())
try:
    mixed = queue.PriorityQueue()
    mixed.put((1, "a"))
    mixed.put((1, 5))
    print(mixed.get())
except TypeError as error:
    print(error)
