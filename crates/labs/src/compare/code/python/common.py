# How many tasks, and what each of them does, in order. Times are in seconds.
GROUPS = [
@GROUPS
]
TASKS = [parts for count, parts in GROUPS for _ in range(count)]


def compute(iterations):
    """Keeps a core busy with a fixed amount of work, however long that takes."""
    x = 1
    for _ in range(iterations):
        x ^= (x << 13) & 0xFFFFFFFFFFFFFFFF
        x ^= x >> 7
        x ^= (x << 17) & 0xFFFFFFFFFFFFFFFF
    return x


def calibrate():
    """How many iterations take a second, alone on one core: the best try, for others may have been disturbed."""
    tries = []
    for _ in range(9):
        start = time.perf_counter()
        compute(20_000)
        tries.append(20_000 / (time.perf_counter() - start))
    return max(tries)


def say(what):
    # The line and its end in one piece, or two threads may mix theirs.
    print(f"{1000 * (time.perf_counter() - START):7.1f} ms  {what}\n", end="", flush=True)
