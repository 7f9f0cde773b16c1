import time
from concurrent.futures import ThreadPoolExecutor, TimeoutError

with ThreadPoolExecutor(1) as executor:
    future = executor.submit(time.sleep, 0.2)
    try:
        future.result(timeout=0.05)
    except TimeoutError as error:
        print("TimeoutError", repr(str(error)), future.running(), future.done())
    try:
        future.exception(0.02)
    except TimeoutError:
        print("not yet")
    print(future.result(), future.done())
print("done")
