import sys

print("before")
sys.exit("goes to the error stream, and the code is 1")
