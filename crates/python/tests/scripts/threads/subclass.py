import threading
import time


class Worker(threading.Thread):
    def __init__(self, number, results):
        super().__init__(name=f"worker-{number}")
        self.number = number
        self.results = results

    def run(self):
        time.sleep(0.06 * self.number)
        self.results[self.number] = self.number ** 2
        print(self.name, "is done", threading.current_thread() is self)


results = {}
workers = [Worker(number, results) for number in (3, 1, 2)]
for worker in workers:
    worker.start()
for worker in workers:
    worker.join()
print(results, [worker.name for worker in workers], isinstance(workers[0], threading.Thread))
