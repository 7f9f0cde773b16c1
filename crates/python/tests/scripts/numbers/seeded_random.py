import random

random.seed(42)
print(random.random(), random.randint(1, 6), random.randrange(0, 100, 5), random.uniform(1, 2))
print(random.choice("abcdef"), random.choices([1, 2, 3], weights=[5, 1, 1], k=5), random.sample(range(100), 5))
deck = list(range(10))
random.shuffle(deck)
print(deck, random.getrandbits(70))
print(random.gauss(0, 1), random.normalvariate(10, 2), random.expovariate(0.5), random.triangular(0, 10, 3))
one, other = random.Random("seed"), random.Random("seed")
print([one.randint(0, 9) for _ in range(10)] == [other.randint(0, 9) for _ in range(10)], one.random())
random.seed("text")
print([random.randrange(1000) for _ in range(5)])
for wrong in (lambda: random.choice([]), lambda: random.randint(3, 1), lambda: random.sample([1], 2)):
    try:
        wrong()
    except (IndexError, ValueError) as error:
        print(type(error).__name__, error)
