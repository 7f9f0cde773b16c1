import threading
import time


def where():
    print("in", threading.current_thread().name)
    time.sleep(0.05)


thread = threading.Thread(target=where, name="other")
thread.run()
print("run() returned first", thread.is_alive(), thread.ident)
thread = threading.Thread(target=where, name="other")
thread.start()
time.sleep(0.02)
print("start() returns at once", thread.is_alive())
thread.join()
threading.Thread().run()
empty = threading.Thread()
empty.start()
empty.join()
print("a thread without a target does nothing")
