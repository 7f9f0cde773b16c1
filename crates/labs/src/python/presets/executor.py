# Three tasks, and two threads to do them. Results come in the order of the tasks, or as they are completed.
import threading
import time
from concurrent.futures import ThreadPoolExecutor, as_completed


def resize(picture):
    time.sleep(0.06 * picture)
    return f"picture {picture}"


with ThreadPoolExecutor(max_workers=2) as executor:
    for result in executor.map(resize, [4, 1, 2]):
        print("in order:", result)
    futures = [executor.submit(resize, picture) for picture in (5, 1, 2)]
    for future in as_completed(futures):
        print("as completed:", future.result())
print(f"{threading.active_count()} thread is left.")
