import threading
import time


class ReadWriteLock:
    def __init__(self):
        self.condition = threading.Condition()
        self.readers = 0
        self.writing = False

    def acquire_read(self):
        with self.condition:
            self.condition.wait_for(lambda: not self.writing)
            self.readers += 1

    def release_read(self):
        with self.condition:
            self.readers -= 1
            self.condition.notify_all()

    def acquire_write(self):
        with self.condition:
            self.condition.wait_for(lambda: not self.writing and self.readers == 0)
            self.writing = True

    def release_write(self):
        with self.condition:
            self.writing = False
            self.condition.notify_all()


lock = ReadWriteLock()


def reader(name, after, length):
    time.sleep(after)
    lock.acquire_read()
    print(name, "reads")
    time.sleep(length)
    print(name, "has read")
    lock.release_read()


def writer(after):
    time.sleep(after)
    print("writer wants to write")
    lock.acquire_write()
    print("writer writes", lock.readers)
    lock.release_write()


threads = [threading.Thread(target=reader, args=("a", 0, 0.11)), threading.Thread(target=reader, args=("b", 0.05, 0.2)), threading.Thread(target=writer, args=(0.17,))]
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()
