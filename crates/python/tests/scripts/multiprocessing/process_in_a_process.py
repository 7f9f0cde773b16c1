import multiprocessing


def inner(results, number):
    print("innermost prints", flush=True)
    results.put((multiprocessing.current_process().name, number))


def outer(results, number):
    child = multiprocessing.Process(target=inner, args=(results, number + 1))
    child.start()
    print("waits for", child.name, flush=True)
    results.put((multiprocessing.current_process().name, number))
    child.join()
    print(child.name, child.exitcode, flush=True)


def forbidden():
    multiprocessing.Process(target=print).start()


if __name__ == "__main__":
    results = multiprocessing.Queue()
    process = multiprocessing.Process(target=outer, args=(results, 1))
    process.start()
    given = sorted(results.get() for _ in range(2))
    process.join()
    print(given, flush=True)
    daemon = multiprocessing.Process(target=forbidden, daemon=True)
    daemon.start()
    daemon.join()
    print(daemon.exitcode)
