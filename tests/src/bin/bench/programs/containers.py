import time


def work():
    counts = {}
    items = []
    for i in range(400_000):
        key = i * 7 % 1009
        counts[key] = counts.get(key, 0) + 1
        items.append(key)
    total = 0
    for i in range(len(items)):
        total += items[i]
    squares = [item * item for item in items if item % 3]
    by_length = {str(key): count for key, count in counts.items()}
    return total + len(squares) + len(by_length) + sum(sorted(items)[:1000])


start = time.perf_counter()
work()
print((time.perf_counter() - start) * 1000)
