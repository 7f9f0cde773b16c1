import multiprocessing
import sys


def fail():
    raise ValueError("in the process")


def leave():
    sys.exit(7)


if __name__ == "__main__":
    for target in (fail, leave):
        process = multiprocessing.Process(target=target, name="child")
        process.start()
        process.join()
        print(process.name, process.exitcode)
    print("the parent goes on")
