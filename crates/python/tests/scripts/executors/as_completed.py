import time
from concurrent.futures import ThreadPoolExecutor, as_completed


def nap(number):
    time.sleep(0.06 * number)
    return number


with ThreadPoolExecutor(4) as executor:
    futures = {executor.submit(nap, number): f"task {number}" for number in (4, 1, 3, 2)}
    for future in as_completed(futures):
        print(futures[future], "->", future.result())
    slow, fast = executor.submit(nap, 4), executor.submit(nap, 1)
    try:
        for future in as_completed([slow, fast], timeout=0.12):
            print(future.result())
    except TimeoutError as error:
        print(type(error).__name__, error)
