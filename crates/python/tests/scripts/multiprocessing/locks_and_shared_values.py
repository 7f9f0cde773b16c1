import multiprocessing


def add(times, total, lock, items):
    for _ in range(times):
        with lock:
            total.value += 1
    with items.get_lock():
        items[1] += times


def under_its_own_lock(times, total):
    for _ in range(times):
        with total.get_lock():
            total.value += 1


if __name__ == "__main__":
    total, lock = multiprocessing.Value("i", 5), multiprocessing.Lock()
    items = multiprocessing.Array("d", [1, 2, 3])
    processes = [multiprocessing.Process(target=add, args=(50, total, lock, items)) for _ in range(3)]
    processes.append(multiprocessing.Process(target=under_its_own_lock, args=(0, total)))
    for process in processes:
        process.start()
    for process in processes:
        process.join()
    print(total.value, list(items), items[:2], len(items))
    print(lock.acquire(), lock.acquire(block=False), lock.acquire(timeout=0.05))
    lock.release()
    try:
        lock.release()
    except ValueError as error:
        print(error)
    again = multiprocessing.RLock()
    with again, again:
        print("twice")
    try:
        again.release()
    except AssertionError as error:
        print(error)
    print(multiprocessing.Value("d", 2).value, multiprocessing.Array("i", 3)[:])
