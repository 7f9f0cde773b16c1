import multiprocessing
import time

base = 0


def begin(number):
    global base
    base = number


def add(one, other=1):
    return base + one + other


def slow(number):
    time.sleep(number / 20)
    return number


def check(number):
    if number == 3:
        raise ValueError("three", number)
    return number


if __name__ == "__main__":
    with multiprocessing.Pool(3, begin, (100,)) as pool:
        print(pool.apply(add, (1,), {"other": 2}))
        print(pool.starmap(add, [(1, 2), (3, 4)]))
        print(pool.map(add, [], chunksize=3), pool.map(add, range(7), 2))
        print(list(pool.imap(slow, [3, 1, 2])))
        print(list(pool.imap_unordered(slow, [6, 1, 3])))
        later = pool.apply_async(slow, (4,))
        print(later.ready())
        try:
            later.get(timeout=0.02)
        except multiprocessing.TimeoutError as error:
            print(type(error).__name__, error.args)
        print(later.get(), later.ready(), later.successful())
        called = []
        pool.map_async(slow, [1, 2], callback=called.append).wait()
        print(called)
        for number in (2, 3):
            try:
                print(pool.map(check, range(number + 1)))
            except ValueError as error:
                print("raised", error.args, type(error.__cause__).__name__)
        print("still works", pool.map(check, [1, 2]))
    try:
        pool.map(check, [1])
    except ValueError as error:
        print(error)
    pool = multiprocessing.Pool(2)
    waiting = [pool.apply_async(slow, (number,)) for number in (2, 1)]
    try:
        pool.join()
    except ValueError as error:
        print(error)
    pool.close()
    pool.join()
    print([result.get() for result in waiting])
    for wrong in (0, -1):
        try:
            multiprocessing.Pool(wrong)
        except ValueError as error:
            print(error)
