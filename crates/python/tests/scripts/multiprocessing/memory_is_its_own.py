import multiprocessing

counter = 0
items = ["parent"]


def change():
    global counter
    counter += 100
    items.append("child")
    print("in the process", counter, items, flush=True)


if __name__ == "__main__":
    process = multiprocessing.Process(target=change)
    process.start()
    process.join()
    print("in the parent", counter, items)
