import threading
import time

condition = threading.Condition(threading.Lock())
ready = False
passed = []


def wait_for_it(name):
    with condition:
        condition.wait_for(lambda: ready)
        passed.append(name)


threads = [threading.Thread(target=wait_for_it, args=(number,)) for number in range(4)]
for thread in threads:
    thread.start()
time.sleep(0.06)
with condition:
    condition.notify_all()
time.sleep(0.05)
print("woken for nothing:", passed)
with condition:
    ready = True
    condition.notify_all()
for thread in threads:
    thread.join()
print(sorted(passed))
with condition:
    print(condition.wait(timeout=0.05), condition.wait_for(lambda: False, timeout=0.05), condition.wait_for(lambda: "truthy"))
