import _random
from itertools import accumulate
from math import floor


class Random:
    def __init__(self, x=None):
        self._generator = _random.Random(x)

    def seed(self, a=None, version=2):
        self._generator.seed(a)

    def random(self):
        return self._generator.random()

    def getrandbits(self, k):
        return self._generator.getrandbits(k)

    def randrange(self, start, stop=None, step=1):
        if stop is None:
            start, stop = 0, start
        return self._generator.randrange(start, stop, step)

    def randint(self, a, b):
        return self._generator.randrange(a, b + 1, 1)

    def choice(self, seq):
        return seq[self._generator.choice_of(len(seq))]

    def shuffle(self, x):
        for i, j in self._generator.shuffle_of(len(x)):
            x[i], x[j] = x[j], x[i]

    def sample(self, population, k, *, counts=None):
        if isinstance(population, (set, frozenset, dict)):
            raise TypeError("Population must be a sequence.  For dicts or sets, use sorted(d).")
        if counts is not None:
            population = [x for x, n in zip(population, counts) for _ in range(n)]
        return [population[i] for i in self._generator.sample_of(len(population), k)]

    def choices(self, population, weights=None, *, cum_weights=None, k=1):
        n = len(population)
        if cum_weights is None:
            if weights is None:
                n += 0.0
                return [population[floor(self.random() * n)] for _ in range(k)]
            cum_weights = list(accumulate(weights))
        elif weights is not None:
            raise TypeError("Cannot specify both weights and cumulative weights")
        if len(cum_weights) != n:
            raise ValueError("The number of weights does not match the population")
        total = cum_weights[-1] + 0.0
        if total <= 0.0:
            raise ValueError("Total of weights must be greater than zero")
        hi = n - 1
        result = []
        for _ in range(k):
            x = self.random() * total
            at, high = 0, hi
            while at < high:
                mid = (at + high) // 2
                if x < cum_weights[mid]:
                    high = mid
                else:
                    at = mid + 1
            result.append(population[at])
        return result

    def uniform(self, a, b):
        return self._generator.uniform(a, b)

    def triangular(self, low=0.0, high=1.0, mode=None):
        return self._generator.triangular(low, high, mode)

    def gauss(self, mu=0.0, sigma=1.0):
        return self._generator.gauss(mu, sigma)

    def normalvariate(self, mu=0.0, sigma=1.0):
        return self._generator.normalvariate(mu, sigma)

    def expovariate(self, lambd=1.0):
        return self._generator.expovariate(lambd)


_inst = Random()
seed = _inst.seed
random = _inst.random
getrandbits = _inst.getrandbits
randrange = _inst.randrange
randint = _inst.randint
choice = _inst.choice
shuffle = _inst.shuffle
sample = _inst.sample
choices = _inst.choices
uniform = _inst.uniform
triangular = _inst.triangular
gauss = _inst.gauss
normalvariate = _inst.normalvariate
expovariate = _inst.expovariate
