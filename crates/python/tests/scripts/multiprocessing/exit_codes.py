import multiprocessing
import sys
import time


def leave(code):
    sys.exit(code)


def stay():
    time.sleep(30)


def compute():
    while True:
        pass


if __name__ == "__main__":
    for code in (None, 0, 1, 42, True):
        process = multiprocessing.Process(target=leave, args=(code,))
        process.start()
        process.join()
        print(code, process.exitcode, process.is_alive())
    for target in (stay, compute):
        process = multiprocessing.Process(target=target)
        process.start()
        print(process.exitcode, process.is_alive())
        process.join(0.3)
        print(process.exitcode, process.is_alive())
        if target is stay:
            process.terminate()
        else:
            process.kill()
        process.join()
        print(process.exitcode, process.is_alive())
