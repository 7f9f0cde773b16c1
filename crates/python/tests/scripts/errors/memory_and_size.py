def attempt(name, action):
    try:
        action()
        print(name, "worked")
    except (MemoryError, OverflowError, ValueError) as error:
        print(name, type(error).__name__)


attempt("list", lambda: [0] * 10 ** 15)
attempt("text", lambda: "x" * 10 ** 18)
attempt("shift", lambda: 1 << 10 ** 20)
attempt("digits", lambda: str(10 ** 5000))
attempt("range", lambda: list(range(10 ** 18)))
attempt("negative", lambda: [0] * -5)
print("goes on")
