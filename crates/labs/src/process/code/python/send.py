@ABOUT
import multiprocessing
import threading
import time
from statistics import median

REPEATS = @REPEATS
SIZES = [@SIZES]


def milliseconds(send_and_wait):
    start = time.perf_counter()
    send_and_wait()
    return 1000 * (time.perf_counter() - start)


class Thread:
    """Another thread: it sees the same memory, so only a signal has to go there and back."""

    def __init__(self):
        self.memory = bytearray(max(SIZES))
        self.size = 0
        self.there, self.back = threading.Semaphore(0), threading.Semaphore(0)
        threading.Thread(target=self.receive, daemon=True).start()

    def send(self, message):
        self.memory[: len(message)] = message
        self.size = len(message)
        self.there.release()
        self.back.acquire()
        assert self.last == message[-1]

    def receive(self):
        while True:
            self.there.acquire()
            self.last = self.memory[self.size - 1]
            self.back.release()


class Process:
    """Another process: the message is copied through a pipe."""

    def __init__(self):
        system = multiprocessing.get_context("spawn")
        self.pipe, theirs = system.Pipe()
        system.Process(target=receive, args=(theirs,), daemon=True).start()

    def send(self, message):
        self.pipe.send_bytes(message)
        assert self.pipe.recv_bytes() == message[-1:]


def receive(pipe):
    while True:
        message = pipe.recv_bytes()
        pipe.send_bytes(message[-1:])


# A new process imports this file; then it must not start processes itself.
if __name__ == "__main__":
    ways = [("thread", Thread()), ("process", Process())]
    for size in SIZES:
        message = bytes([size % 255 + 1]) * size
        for name, way in ways:
            way.send(message)
            took = median(milliseconds(lambda: way.send(message)) for _ in range(REPEATS))
            print(f"{name:8} {size:9} bytes {took:9.3f} ms")
