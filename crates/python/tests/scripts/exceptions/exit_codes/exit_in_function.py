import sys


def stop(code):
    print("stopping", code)
    sys.exit(code)


for wrong in (None, 0, True):
    try:
        stop(wrong)
    except SystemExit as error:
        print(error.code, isinstance(error, Exception))
stop(256 + 7)
