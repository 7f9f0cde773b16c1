import multiprocessing


def square(number):
    return number * number


def describe(pair):
    name, size = pair
    return {"name": name, "size": size}


if __name__ == "__main__":
    with multiprocessing.Pool(processes=2) as pool:
        print(pool.map(square, range(8)))
        print(pool.map(describe, [("a", 1), ("b", 2.5)]))
    print("closed")
