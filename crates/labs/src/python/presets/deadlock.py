# Each thread holds one lock and waits for the other's. Nobody can go on.
import threading
import time

knife, fork = threading.Lock(), threading.Lock()


def eat(name, first, second):
    with first:
        print(f"{name} has one of them.")
        time.sleep(0.1)
        with second:
            print(f"{name} eats.")


threading.Thread(target=eat, args=("Ada", knife, fork), name="Ada").start()
threading.Thread(target=eat, args=("Alan", fork, knife), name="Alan").start()
