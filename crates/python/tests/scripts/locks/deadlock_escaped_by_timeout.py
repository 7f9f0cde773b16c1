import threading
import time

left, right = threading.Lock(), threading.Lock()


def transfer(name, first, second, patience):
    with first:
        print(name, "has its first lock")
        time.sleep(0.1)
        if second.acquire(timeout=patience):
            print(name, "has both")
            second.release()
        else:
            print(name, "gives up")


one = threading.Thread(target=transfer, args=("one", left, right, 0.1))
other = threading.Thread(target=transfer, args=("other", right, left, 1))
one.start()
time.sleep(0.03)
other.start()
one.join()
other.join()
print("nobody hangs")
