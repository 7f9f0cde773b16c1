import sys

print("before")
try:
    sys.exit()
except SystemExit as error:
    print("caught", error.code, repr(error))
raise SystemExit
