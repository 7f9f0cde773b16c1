# How many tasks, and what each one does, in order. Times are in seconds.
GROUPS = [
@GROUPS
]
TASKS = [parts for count, parts in GROUPS for _ in range(count)]


def compute(iterations):
    """Do a fixed amount of work, however long that takes."""
    x = 1
    for _ in range(iterations):
        x ^= (x << 13) & 0xFFFFFFFFFFFFFFFF
        x ^= x >> 7
        x ^= (x << 17) & 0xFFFFFFFFFFFFFFFF
    return x


def calibrate():
    """How many iterations one core does in a second: the best of several tries, as some may be disturbed."""
    tries = []
    for _ in range(9):
        start = time.perf_counter()
        compute(20_000)
        tries.append(20_000 / (time.perf_counter() - start))
    return max(tries)


def say(what):
    # Text and newline in one piece, or two threads may mix their lines.
    print(f"{1000 * (time.perf_counter() - START):7.1f} ms  {what}\n", end="", flush=True)
