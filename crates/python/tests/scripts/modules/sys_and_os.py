import os
import sys

print(len(sys.argv), isinstance(sys.argv[0], str), sys.argv[1:], sys.version_info[0], sys.version_info >= (3, 8), sys.maxsize)
print(isinstance(os.cpu_count(), int), os.cpu_count() >= 1, isinstance(os.getpid(), int))
before = sys.getswitchinterval()
sys.setswitchinterval(0.001)
print(before, sys.getswitchinterval())
sys.setswitchinterval(before)
try:
    sys.setswitchinterval(0)
except ValueError as error:
    print(error)
sys.stdout.write("direct ")
print(sys.stdout.write("counted\n"))
sys.stderr.write("")
sys.stdout.flush()
