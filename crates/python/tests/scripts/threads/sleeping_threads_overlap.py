import threading
import time

start = time.perf_counter()
threads = [threading.Thread(target=time.sleep, args=(0.1,)) for _ in range(8)]
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()
together = time.perf_counter() - start
print("one after the other would take 0.8 s")
print("they took between 0.1 and 0.4 s:", 0.095 <= together < 0.4)
