import time
from concurrent.futures import ThreadPoolExecutor

finished = []


def nap(number):
    time.sleep(0.05 * number)
    finished.append(number)
    return number * 10


with ThreadPoolExecutor(max_workers=3) as executor:
    results = executor.map(nap, [3, 1, 2])
    print(type(results).__name__)
    for result in results:
        print(result)
    print(list(executor.map(pow, [2, 3, 4], [5, 2])))
    print(list(executor.map(str.upper, "abc", timeout=2)))
print(finished)
