def lines(text):
    for line in text.splitlines():
        print("read", line)
        yield line


def strip_comments(source):
    for line in source:
        line = line.split("#")[0].strip()
        if line:
            yield line


def pairs(source):
    for line in source:
        key, _, value = line.partition("=")
        yield key.strip(), value.strip()


text = """# settings
port = 80
name = lab # a comment

debug = no"""
for key, value in pairs(strip_comments(lines(text))):
    print(key, "->", value)


def primes():
    def sieve(numbers):
        prime = next(numbers)
        yield prime
        yield from sieve(n for n in numbers if n % prime)

    def naturals(n):
        while True:
            yield n
            n += 1

    yield from sieve(naturals(2))


found = primes()
print([next(found) for _ in range(12)])
iterator = iter([1, 2, 3, 4])
print(list(zip(iterator, iterator)), list(iter(iter([1, 2]).__next__, 2)))
