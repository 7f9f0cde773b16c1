import sys

print(1, 2, 3, sep=", ")
print("no newline", end="")
print("|", end="\n\n")
print(*range(5), sep="", end=".\n")
print()
print("a", None, [1], sep="\n")
print("to stderr", file=sys.stderr)
print("flushed", flush=True)
sys.stdout.write("written\n")
print(sep="x")
print("x", sep=None, end=None)
try:
    print("x", sep=1)
except TypeError as error:
    print(error)
