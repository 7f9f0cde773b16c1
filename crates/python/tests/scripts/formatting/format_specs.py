values = [42, -42, 3.14159, -0.0, 1e10, 10 ** 20, True, "text"]
specs = ["", ">12", "<12", "^12", "*^12", "=+12", "+", " ", "012", ",", "_", ".3", ".2f", ".3e", "g", "%", "x", "#o", "b", "c", "d", "s", "n", "5.1", "zf", "10,.2f"]
for value in values:
    for spec in specs:
        try:
            print(repr(value), repr(spec), repr(format(value, spec)))
        except (ValueError, OverflowError) as error:
            print(repr(value), repr(spec), type(error).__name__, error)
