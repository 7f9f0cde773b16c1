import multiprocessing

words = ["made by the module"]
print("module runs as", __name__, flush=True)


def show(given):
    words.append("child")
    given.append("child")
    print(words, given, flush=True)


if __name__ == "__main__":
    multiprocessing.set_start_method("spawn")
    words.append("added under the guard")
    given = ["argument"]
    process = multiprocessing.Process(target=show, args=(given,))
    process.start()
    process.join()
    print(words, given)
