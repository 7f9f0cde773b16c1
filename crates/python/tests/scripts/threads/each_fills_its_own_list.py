import threading


def fill(items, count):
    for number in range(count):
        items.append(number * number)


lists = [[] for _ in range(4)]
threads = [threading.Thread(target=fill, args=(items, 5000)) for items in lists]
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()
print([len(items) for items in lists], [sum(items) for items in lists], lists[0] == lists[3])
