# Nobody sleeps: three threads count, and the scheduler decides who is done first.
import threading


def count(steps):
    while steps > 0:
        steps -= 1


if __name__ == "__main__":
    counters = []
    for name in ["Ada", "Alan", "Edsger"]:
        counter = threading.Thread(target=count, args=(200_000,), name=name)
        counter.start()
        counters.append(counter)

    for counter in counters:
        counter.join()
