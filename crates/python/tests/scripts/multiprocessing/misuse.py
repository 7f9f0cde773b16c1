import multiprocessing


def work():
    pass


if __name__ == "__main__":
    process = multiprocessing.Process(target=work)
    print(process.exitcode, process.is_alive(), process.pid)
    for wrong in (process.join, lambda: (process.start(), process.start()), lambda: setattr(process, "daemon", True),
                  lambda: setattr(process, "name", 3)):
        try:
            wrong()
        except (AssertionError, AttributeError) as error:
            print(type(error).__name__, error)
    process.join()
    process.join(0.1)
    process.close()
    try:
        process.is_alive()
    except ValueError as error:
        print(error)
    try:
        multiprocessing.get_context("telepathy")
    except ValueError as error:
        print(error)
    queue = multiprocessing.Queue()
    queue.close()
    queue.join_thread()
    try:
        queue.put(1)
    except ValueError as error:
        print(str(error).split(" ")[-1])
