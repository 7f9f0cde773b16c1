import queue
import threading
import time

line = queue.SimpleQueue()
line.put("x")
print(line.qsize(), line.empty(), line.get(), line.empty())
for wrong in (lambda: line.get(block=False), lambda: line.get_nowait(), lambda: line.get(timeout=0.02)):
    try:
        wrong()
    except queue.Empty as error:
        print(type(error).__name__)


def echo():
    while True:
        text = line.get()
        print("echo", text)
        if text == "end":
            return


thread = threading.Thread(target=echo)
thread.start()
for text in ("one", "two", "end"):
    time.sleep(0.05)
    line.put(text)
thread.join()
