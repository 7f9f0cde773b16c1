attempts = {
    "1 / 0": lambda: 1 / 0,
    "1 // 0": lambda: 1 // 0,
    "1 % 0": lambda: 1 % 0,
    "1.0 / 0": lambda: 1.0 / 0,
    "1.0 // 0": lambda: 1.0 // 0,
    "1.0 % 0": lambda: 1.0 % 0,
    "divmod(1, 0)": lambda: divmod(1, 0),
    "0 ** -1": lambda: 0 ** -1,
    "10.0 ** 400": lambda: 10.0 ** 400,
    "pow(2, -1, 4)": lambda: pow(2, -1, 4),
    "int(inf)": lambda: int(float("inf")),
    "float(10 ** 400)": lambda: float(10 ** 400),
    "10 ** 400 / 3": lambda: 10 ** 400 / 3,
}
for name, attempt in attempts.items():
    try:
        print(name, attempt())
    except ArithmeticError as error:
        print(name, type(error).__name__, error)
    except ValueError as error:
        print(name, "ValueError", error)
