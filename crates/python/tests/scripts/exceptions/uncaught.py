import sys


def inner(items):
    return items[3]


def outer():
    print("before")
    inner([1, 2])


print("start", flush=True)
sys.stderr.write("a line of our own\n")
outer()
print("never")
