THREADS = @THREADS
ADDS = @ADDS  # per thread
WINDOW = @WINDOW  # steps of extra work per addition
REPEATS = @REPEATS


def one():
    """Do some work whose result is always 1, the number to add."""
    for _ in range(WINDOW):
        pass
    return 1


def in_threads(body):
    """Start all threads together, wait for them, and return the time in seconds."""
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
    """Repeat the count. `count` returns what was counted and how many seconds that took."""
    expected, lossy, times = THREADS * ADDS, 0, []
    for repeat in range(REPEATS):
        counted, seconds = count()
        print(f"repeat {repeat + 1}: {expected} expected, {counted} counted, {expected - counted} lost", flush=True)
        lossy += counted < expected
        times.append(seconds)
    nanoseconds = 1e9 * statistics.median(times) / expected
    print(f"{lossy} of {REPEATS} repeats lost additions; {nanoseconds:.1f} ns per addition")
