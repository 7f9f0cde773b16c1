import multiprocessing
import sys


class Broken(Exception):
    pass


def deeper(number):
    return 10 // number


def divide():
    try:
        deeper(0)
    except ZeroDivisionError as error:
        raise ValueError("no result") from error


def leave_with_words():
    sys.exit("gone for a reason")


if __name__ == "__main__":
    for target in (divide, leave_with_words):
        process = multiprocessing.Process(target=target)
        process.start()
        process.join()
        print(process.name, process.exitcode, flush=True)
    print("the parent goes on", flush=True)
    sys.exit(3)
