import multiprocessing


def count(limit):
    total = 0
    for number in range(limit):
        total += number % 7
    return total


def work(limit, results):
    results.put((limit, count(limit)))


if __name__ == "__main__":
    results = multiprocessing.Queue()
    processes = [multiprocessing.Process(target=work, args=(limit, results)) for limit in (200_000, 300_000)]
    for process in processes:
        process.start()
    for process in processes:
        process.join()
    print(sorted(results.get() for _ in processes))
    print(count(200_000), count(300_000))
