import threading
import time

barrier = threading.Barrier(2)


def waits(timeout=None):
    try:
        barrier.wait(timeout)
    except threading.BrokenBarrierError as error:
        print("broken", type(error).__name__, barrier.broken)


thread = threading.Thread(target=waits)
thread.start()
time.sleep(0.05)
print("waiting", barrier.n_waiting)
barrier.abort()
thread.join()
waits()
barrier.reset()
print(barrier.broken)
waits(timeout=0.05)
barrier.reset()
thread = threading.Thread(target=waits)
thread.start()
barrier.wait()
thread.join()
print("passed", barrier.broken)
