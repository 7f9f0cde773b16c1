import threading
import time

barrier = threading.Barrier(3, action=lambda: print("all are here"))
indices = []


def work(number):
    time.sleep(0.05 * number)
    print(number, "arrives")
    indices.append(barrier.wait())
    time.sleep(0.05 * number)
    print(number, "leaves")


threads = [threading.Thread(target=work, args=(number,)) for number in range(1, 4)]
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()
print(sorted(indices), barrier.parties, barrier.n_waiting, barrier.broken)
