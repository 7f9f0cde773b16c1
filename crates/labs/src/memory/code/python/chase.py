@ABOUT
# How long one access takes: an operation on local variables, then a load from a random place in more and more memory.
#
# For each of them, Python's interpreter takes longer than a nearby cache, and far longer than a register:
# the small sets show the interpreter. Only the extra time of the large sets is memory.
import random
from array import array
from statistics import median
from time import perf_counter

LARGEST = @LARGEST * 1024 * 1024  # bytes
REPEATS = @REPEATS
LINE = 64  # bytes; most caches move memory in lines of this size
CELLS = LINE // 4  # cells of 4 bytes in a line; only the first one of each line is used
COUNT = 100_000


def operations(x, y, z):
    """A chain of operations: each needs the result of the one before."""
    for _ in range(COUNT // 4):
        x = x + y ^ z
        x = x + y ^ z
    return x


def chase(cells, at, count):
    """A chain of loads: each one reads the address of the next."""
    for _ in range(count):
        at = cells[at]
    return at


def random_cycle(cells, lines):
    """Make one random cycle through the first lines."""
    order = list(range(0, lines * CELLS, CELLS))
    random.shuffle(order)
    for here, following in zip(order, order[1:] + order[:1]):
        cells[here] = following


def cycle_in_order(cells, lines):
    """One cycle through the first lines, in the order of their addresses."""
    for line in range(lines):
        cells[line * CELLS] = (line + 1) % lines * CELLS


def time_of(work):
    """The median time per access, in nanoseconds, over samples of COUNT accesses."""
    samples = []
    for _ in range(REPEATS):
        start = perf_counter()
        work()
        samples.append((perf_counter() - start) * 1e9 / COUNT)
    return median(samples)


def time_loads(cells, lines):
    at = chase(cells, 0, lines)  # one pass, so that the caches hold what they can

    def go_on():
        nonlocal at
        at = chase(cells, at, COUNT)

    return time_of(go_on)


register = time_of(lambda: operations(1, 3, 5))
print(f"a register: {register:.2f} ns per operation, nearly all of it the interpreter's")

cells = array("I", bytes(LARGEST))
size = 4096
while size <= LARGEST:
    random_cycle(cells, size // LINE)
    at_random = time_loads(cells, size // LINE)
    print(f"{size // 1024:>6} kB: {at_random:.2f} ns per load")
    size *= 2
print(f"register : memory is 1 : {at_random / register:.1f}, with the interpreter in both")

lines = size // 2 // LINE
cycle_in_order(cells, lines)
print(f"in address order: {time_loads(cells, lines):.2f} ns per load")
