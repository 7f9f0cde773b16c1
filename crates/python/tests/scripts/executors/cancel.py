import time
from concurrent.futures import CancelledError, ThreadPoolExecutor


def work(name):
    print("running", name)
    time.sleep(0.1)
    return name


with ThreadPoolExecutor(max_workers=1) as executor:
    running, waiting, last = (executor.submit(work, name) for name in ("first", "second", "third"))
    time.sleep(0.05)
    print(running.cancel(), waiting.cancel(), waiting.cancelled(), waiting.done())
    try:
        waiting.result()
    except CancelledError as error:
        print("CancelledError", str(error) == "")
    print(running.result(), last.result(), last.cancel())
