import threading
import time

stop = threading.Event()
rounds = []


def worker():
    while not stop.wait(0.1):
        rounds.append(len(rounds))
        print("round", len(rounds))
    print("stopped")


thread = threading.Thread(target=worker)
thread.start()
time.sleep(0.25)
stop.set()
thread.join()
print(len(rounds))
