import multiprocessing
import threading
import time

log = []


def work(kind, number):
    time.sleep(0.08 * number)
    log.append(number)
    print(kind, number, len(log), flush=True)


def run(make, kind):
    started = [make(target=work, args=(kind, number)) for number in (1, 4, 7)]
    for one in started:
        one.start()
    for one in started:
        one.join()
    print(kind, "shared", log, flush=True)


if __name__ == "__main__":
    run(multiprocessing.Process, "process")
    run(threading.Thread, "thread")
