import multiprocessing
import time


def work(name, seconds):
    time.sleep(seconds)
    print(name, "ends", flush=True)


if __name__ == "__main__":
    slow = multiprocessing.Process(target=work, args=("slow", 0.25))
    fast = multiprocessing.Process(target=work, args=("fast",), kwargs={"seconds": 0.05})
    print(slow.is_alive(), slow.exitcode, flush=True)
    slow.start()
    fast.start()
    print(slow.is_alive(), flush=True)
    fast.join()
    slow.join()
    print(slow.is_alive(), slow.exitcode, fast.exitcode)
