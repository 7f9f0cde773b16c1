# The same loop twice: as a thread and as a daemon. The program waits for the one and not for the other.
import threading
import time


def count(name, rounds):
    for number in range(1, rounds + 1):
        time.sleep(0.1)
        print(f"{name}: {number} of {rounds}")


threading.Thread(target=count, args=("thread", 2)).start()
time.sleep(0.05)
threading.Thread(target=count, args=("daemon", 100), daemon=True).start()
print("The last line of the main program.")
