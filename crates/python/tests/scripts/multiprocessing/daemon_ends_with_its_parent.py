import multiprocessing
import time


def work(name, seconds):
    print(name, "begins", flush=True)
    time.sleep(seconds)
    print(name, "ends", flush=True)


if __name__ == "__main__":
    daemon = multiprocessing.Process(target=work, args=("daemon", 30), daemon=True)
    other = multiprocessing.Process(target=work, args=("other", 0.8))
    daemon.start()
    time.sleep(0.3)
    other.start()
    print(daemon.daemon, other.daemon, flush=True)
    time.sleep(0.4)
    print("main ends", flush=True)
