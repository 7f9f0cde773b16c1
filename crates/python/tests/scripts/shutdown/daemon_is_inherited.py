import threading
import time


def parent():
    child = threading.Thread(target=time.sleep, args=(5,))
    independent = threading.Thread(target=finish, daemon=False)
    print("child is daemon:", child.daemon, independent.daemon)
    child.start()
    independent.start()


def finish():
    time.sleep(0.1)
    print("not a daemon, so waited for")


threading.Thread(target=parent, daemon=True).start()
time.sleep(0.05)
print("main ends")
