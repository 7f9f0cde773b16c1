import threading
import time
from concurrent.futures import ThreadPoolExecutor


def who(pause):
    time.sleep(pause)
    return threading.current_thread().name, threading.current_thread().daemon


with ThreadPoolExecutor(max_workers=2, thread_name_prefix="pool") as executor:
    one, other = executor.submit(who, 0.06), executor.submit(who, 0.06)
    print(one.result(), other.result())
with ThreadPoolExecutor(max_workers=4) as executor:
    idle = [executor.submit(who, 0).result()[0].rpartition("_")[2] for _ in range(3)]
    time.sleep(0.02)
    print(idle[0])
for wrong in (0, -1):
    try:
        ThreadPoolExecutor(wrong)
    except ValueError as error:
        print(error)
