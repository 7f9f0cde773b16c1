import threading
import time

printed = []
late = [threading.Thread(target=lambda: printed.append(number)) for number in range(3)]
for thread in late:
    thread.start()
for thread in late:
    thread.join()
print("late", printed)
printed.clear()
early = [threading.Thread(target=lambda number=number: printed.append(number)) for number in range(3)]
for thread in early:
    thread.start()
    thread.join()
print("early", printed)


def delayed():
    time.sleep(0.06)
    print("value at the time it runs:", value)


value = "before"
thread = threading.Thread(target=delayed)
thread.start()
value = "after"
thread.join()
