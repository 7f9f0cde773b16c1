import time
from concurrent.futures import Future, ThreadPoolExecutor


def work(seconds):
    time.sleep(seconds)
    return seconds


def done(future):
    print("callback:", future.result(), future.done())


with ThreadPoolExecutor(2) as executor:
    for seconds in (0.12, 0.05):
        executor.submit(work, seconds).add_done_callback(done)
    print("submitted")
finished = executor
with ThreadPoolExecutor(1) as executor:
    future = executor.submit(work, 0)
    future.result()
    time.sleep(0.02)
    future.add_done_callback(lambda f: print("called at once", f is future))
    print("after adding")
by_hand = Future()
by_hand.add_done_callback(lambda f: print("by hand", f.result()))
print(by_hand.done())
by_hand.set_result(42)
print(by_hand.result(), by_hand.done())
failed = Future()
failed.set_exception(ValueError("set"))
print(repr(failed.exception()))
