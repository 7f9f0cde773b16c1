import threading
import time

start = time.monotonic()


def ring(name, times=1):
    print(name, "rings", times, time.monotonic() - start > 0.09)


late = threading.Timer(0.2, ring, ("late",))
early = threading.Timer(0.1, ring, args=["early"], kwargs={"times": 2})
cancelled = threading.Timer(0.15, ring, ["never"])
for timer in (late, early, cancelled):
    timer.start()
print("all started", early.is_alive(), isinstance(early, threading.Thread))
cancelled.cancel()
late.join()
print(early.is_alive(), cancelled.is_alive())
unstarted = threading.Timer(1, ring)
unstarted.cancel()
print("done")
