def fail():
    raise ValueError("first line\nsecond line")


try:
    fail()
except ValueError as error:
    print(error)
    raise
