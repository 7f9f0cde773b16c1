import threading
import time

condition = threading.Condition()
items = []


def consumer(name):
    with condition:
        while not items:
            print(name, "waits")
            condition.wait()
        print(name, "got", items.pop(0))


threads = []
for name in ("first", "second"):
    thread = threading.Thread(target=consumer, args=(name,))
    thread.start()
    threads.append(thread)
    time.sleep(0.05)
with condition:
    items.append("apple")
    condition.notify()
    print("notified once")
time.sleep(0.05)
with condition:
    items.append("pear")
    condition.notify()
for thread in threads:
    thread.join()
print(items)
for wrong in (condition.notify, condition.wait, condition.release):
    try:
        wrong()
    except RuntimeError as error:
        print(error)
