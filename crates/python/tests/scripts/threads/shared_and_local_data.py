import threading
import time

shared = []
local = threading.local()
local.value = "main"


def work(number):
    print(number, "sees", getattr(local, "value", "nothing"))
    local.value = number
    shared.append(number)
    time.sleep(0.15)
    print(number, "still has", local.value)


threads = []
for number in range(2):
    thread = threading.Thread(target=work, args=(number,))
    thread.start()
    threads.append(thread)
    time.sleep(0.06)
for thread in threads:
    thread.join()
print(shared, local.value, hasattr(local, "other"))
try:
    local.other
except AttributeError as error:
    print(type(error).__name__)


class Context(threading.local):
    count = 0

    def __init__(self, start):
        self.items = [start]


context = Context("begin")
context.items.append("main")
other = threading.Thread(target=lambda: print(context.items, context.count))
other.start()
other.join()
print(context.items)
