import threading
import time


def grow(depth, path):
    time.sleep(0.05)
    print("  " * len(path) + (path or "root"))
    if depth == 0:
        return
    children = [threading.Thread(target=grow, args=(depth - 1, path + side)) for side in "LR"]
    for child in children:
        child.start()
        child.join()


root = threading.Thread(target=grow, args=(2, ""))
root.start()
root.join()
print("grown")
