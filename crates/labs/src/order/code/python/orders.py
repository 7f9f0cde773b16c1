@ABOUT
# Runs the script again and again, and counts in which orders its threads end.
import collections
import contextlib
import io
import threading
import time

TIMES = @TIMES
SECOND = @SECOND  # seconds that a second of sleep takes

SCRIPT = """\
@SCRIPT
"""

start, sleep = threading.Thread.start, time.sleep
started, ended = [], []


def start_counted(thread):
    number, run = len(started), thread.run

    def run_counted():
        try:
            run()
        finally:
            ended.append(number)

    thread.run = run_counted
    started.append(thread)
    start(thread)


def main():
    threading.Thread.start = start_counted
    time.sleep = lambda seconds: sleep(seconds * SECOND)
    code = compile(SCRIPT, "script.py", "exec")
    orders, times, names = collections.Counter(), [], []
    for _ in range(TIMES):
        started.clear()
        ended.clear()
        begin = time.perf_counter()
        with contextlib.redirect_stdout(io.StringIO()):
            exec(code, {"__name__": "__main__"})
            for thread in started:
                if not thread.daemon:
                    thread.join()
        times.append(time.perf_counter() - begin)
        names = names or [thread.name for thread in started]
        orders[tuple(ended)] += 1

    for order, count in orders.most_common():
        print(f"{count} of {TIMES} runs: {', '.join(names[number] for number in order)}")
    in_order = sum(count for order, count in orders.items() if list(order) == sorted(order))
    print(f"{len(orders)} orders came in {TIMES} runs; {in_order} times it was the order of starting")
    print(f"a run took {min(times) * 1000:.1f} to {max(times) * 1000:.1f} ms")


main()
