import threading

total = 0
lock = threading.Lock()


def add(number):
    global total
    for _ in range(20):
        with lock:
            total += number


threads = [threading.Thread(target=add, args=(number,)) for number in range(100)]
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()
print(total, threading.active_count())
