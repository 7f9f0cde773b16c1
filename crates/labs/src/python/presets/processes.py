# A process has a memory of its own: what it changes there, its parent does not see. A thread changes what all see.
import multiprocessing
import threading

counter = 0


def add(name):
    global counter
    counter += 1
    print(f"{name}: counter is {counter}")


def run(make, name):
    one = make(target=add, args=(name,))
    one.start()
    one.join()
    print(f"after the {name}: counter is {counter}")


# A new process runs this file for what it defines; then it must not start processes itself.
if __name__ == "__main__":
    run(multiprocessing.Process, "process")
    run(threading.Thread, "thread")
