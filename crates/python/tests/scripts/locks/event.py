import threading
import time

go = threading.Event()


def runner(name, delay):
    print(name, "ready")
    print(name, "waited:", go.wait())
    time.sleep(delay)
    print(name, "arrives")


first = threading.Thread(target=runner, args=("first", 0))
first.start()
time.sleep(0.05)
print(go.is_set(), go.wait(timeout=0.05))
print("go")
go.set()
first.join()
print(go.is_set(), go.wait(), go.wait(0))
second = threading.Thread(target=runner, args=("second", 0.05))
second.start()
second.join()
go.clear()
print(go.is_set(), go.wait(0))
