import queue
import threading
import time

tasks = queue.Queue()
done = []


def worker():
    while True:
        item = tasks.get()
        time.sleep(0.03)
        done.append(item)
        tasks.task_done()


for _ in range(2):
    threading.Thread(target=worker, daemon=True).start()
for number in range(6):
    tasks.put(number)
tasks.join()
print(sorted(done), tasks.unfinished_tasks, tasks.empty())
try:
    tasks.task_done()
except ValueError as error:
    print(error)
print("daemon workers do not keep the program alive")
