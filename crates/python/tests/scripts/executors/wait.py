import time
from concurrent.futures import ALL_COMPLETED, FIRST_COMPLETED, FIRST_EXCEPTION, ThreadPoolExecutor, wait


def nap(number):
    time.sleep(0.06 * number)
    if number == 2:
        raise ValueError("two")
    return number


with ThreadPoolExecutor(4) as executor:
    futures = [executor.submit(nap, number) for number in (1, 2, 3)]
    done, pending = wait(futures, return_when=FIRST_COMPLETED)
    print(sorted(futures.index(future) for future in done), len(pending))
    done, pending = wait(futures, return_when=FIRST_EXCEPTION)
    print(sorted(futures.index(future) for future in done), len(pending))
    done, pending = wait(futures, timeout=0.01)
    print(len(done), len(pending))
    result = wait(futures, return_when=ALL_COMPLETED)
    print(len(result.done), len(result.not_done))
