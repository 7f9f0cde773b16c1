import multiprocessing
import threading
import time


def work():
    log = []

    def add(name, seconds):
        time.sleep(seconds)
        log.append(name)

    threads = [threading.Thread(target=add, args=(name, seconds)) for name, seconds in (("slow", 0.3), ("fast", 0.05))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    print(log, threading.current_thread().name, flush=True)
    threading.Thread(target=lambda: (time.sleep(0.2), print("after the function", flush=True))).start()


if __name__ == "__main__":
    process = multiprocessing.Process(target=work)
    process.start()
    process.join()
    print(process.exitcode)
