import multiprocessing
import threading
import pickle


class Local:
    def __init__(self, inner):
        self.inner = inner


def outer():
    def inner():
        pass
    return inner


def numbers():
    yield 1


def work(value):
    print(value)


if __name__ == "__main__":
    multiprocessing.set_start_method("spawn")
    for value in (outer(), lambda: 1, numbers(), threading.Lock(), Local(threading.Lock()), multiprocessing):
        try:
            multiprocessing.Process(target=work, args=(value,)).start()
        except Exception as error:
            text = str(error)
            print(type(error).__name__, text.split(" at 0x")[0])
    first = Local(None)
    copy = pickle.loads(pickle.dumps([first, first]))
    print(copy[0] is copy[1], copy[0] is first, copy[0].inner)
    deep = []
    for _ in range(100_000):
        deep = [deep]
    try:
        pickle.dumps(deep)
    except RecursionError as error:
        print(type(error).__name__)
