import threading
import time

order = []


def sleeper(number):
    time.sleep(number * 0.06)
    order.append(number)
    print(number, end=" ", flush=True)


threads = [threading.Thread(target=sleeper, args=(number,)) for number in (5, 2, 4, 1, 3)]
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()
print()
print(order == sorted(order))
