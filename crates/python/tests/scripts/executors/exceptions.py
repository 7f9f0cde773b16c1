from concurrent.futures import ThreadPoolExecutor


def divide(a, b):
    return a / b


with ThreadPoolExecutor(2) as executor:
    good, bad = executor.submit(divide, 6, 3), executor.submit(divide, 1, 0)
    print(good.exception(), repr(bad.exception()))
    try:
        bad.result()
    except ZeroDivisionError as error:
        print("raised again:", error)
    results = executor.map(divide, [4, 1, 9], [2, 0, 3])
    try:
        for result in results:
            print(result)
    except ZeroDivisionError as error:
        print("in the middle of map:", error)
    ignored = executor.submit(divide, 1, 0)
print("an exception that nobody asks for is silent", ignored.done())
