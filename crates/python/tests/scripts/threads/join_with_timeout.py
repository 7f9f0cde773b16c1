import threading
import time

thread = threading.Thread(target=time.sleep, args=(0.2,))
thread.start()
start = time.monotonic()
print(thread.join(0.05), thread.is_alive(), time.monotonic() - start < 0.15)
print(thread.join(timeout=0), thread.is_alive())
thread.join(5)
print(thread.is_alive(), time.monotonic() - start < 2)
print(thread.join(), thread.join(1))
