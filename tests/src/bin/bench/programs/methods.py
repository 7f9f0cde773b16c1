import time


class Counter:
    def __init__(self, step):
        self.step = step
        self.count = 0

    def advance(self, times):
        self.count += self.step * times
        return self.count

    def is_even(self):
        return self.count % 2 == 0


class Slow(Counter):
    def advance(self, times):
        return super().advance(times // 2)


def work():
    even = 0
    for counter in (Counter(3), Slow(5)):
        for i in range(150_000):
            counter.advance(i)
            if counter.is_even():
                even += 1
            counter.step = i % 7
    return even


start = time.perf_counter()
work()
print((time.perf_counter() - start) * 1000)
