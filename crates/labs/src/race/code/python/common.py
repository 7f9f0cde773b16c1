THREADS = @THREADS
ADDS = @ADDS  # by each thread
WINDOW = @WINDOW  # steps of work for each addition
REPEATS = @REPEATS


def one():
    """Works for a while, to find that it is 1 that is to be added."""
    for _ in range(WINDOW):
        pass
    return 1


def in_threads(body):
    """Lets all threads begin together and waits for them; the seconds that they took."""
    gate = threading.Barrier(THREADS + 1)

    def run():
        gate.wait()
        body()

    threads = [threading.Thread(target=run) for _ in range(THREADS)]
    for thread in threads:
        thread.start()
    start = time.perf_counter()
    gate.wait()
    for thread in threads:
        thread.join()
    return time.perf_counter() - start


def report(count):
    """Counts again and again. `count` gives what was counted, and the seconds that it took."""
    expected, lossy, times = THREADS * ADDS, 0, []
    for repeat in range(REPEATS):
        counted, seconds = count()
        print(f"repeat {repeat + 1}: {expected} expected, {counted} counted, {expected - counted} lost", flush=True)
        lossy += counted < expected
        times.append(seconds)
    nanoseconds = 1e9 * statistics.median(times) / expected
    print(f"{lossy} of {REPEATS} repeats lost additions; {nanoseconds:.1f} ns for one addition")
