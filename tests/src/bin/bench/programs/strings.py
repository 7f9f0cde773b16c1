import time


def work():
    lines = []
    for i in range(120_000):
        lines.append(f"{i}: {i % 17:>4} {'even' if i % 2 == 0 else 'odd'}")
    text = "\n".join(lines)
    words = [word.upper() for line in text.split("\n") for word in line.split()]
    built = ""
    for word in words:
        built += word[0]
    return len(built), text.count("odd"), built.replace("E", "e").find("O")


start = time.perf_counter()
work()
print((time.perf_counter() - start) * 1000)
