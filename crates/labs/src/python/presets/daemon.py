# Two threads and a daemon sleep for the same time. The program ends with the last thread that is not a daemon:
# does the daemon still print? Run it often, then make its sleep a little shorter or longer.
import threading
import time

DAEMON_SLEEP = 1


def brew(cup, drink="tea", seconds=1):
    start = time.time()
    time.sleep(seconds)
    print(f"Cup {cup}: {drink} is ready.")
    print("It took {:.2f} s.".format(time.time() - start))


if __name__ == "__main__":
    first = threading.Thread(target=brew, args=(1,))
    second = threading.Thread(target=brew, args=(2,))
    first.start()
    second.start()
    daemon = threading.Thread(target=brew, args=("daemon",), kwargs={"seconds": DAEMON_SLEEP})
    daemon.daemon = True
    daemon.start()
    print("The main program has no more lines.")
