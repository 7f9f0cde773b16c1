for text in ("42", " -7 ", "1_000", "0x1f", "1.5", "", "abc", "--1"):
    for kind in (int, float):
        try:
            print(kind.__name__, repr(text), kind(text))
        except ValueError as error:
            print(kind.__name__, error)
print(int("101", 2), int("z", 36), int("0b11", 0), int("0o17", 0), int("-0xff", 16))
print(str(10 ** 20), repr(1.0), chr(65), ord("a"), chr(0x1F600), ord("é"), hex(ord("€")))
print((2.5).as_integer_ratio(), (3.0).is_integer(), (7).as_integer_ratio())
for wrong in ([], None, "x"):
    try:
        print(int(wrong))
    except (TypeError, ValueError) as error:
        print(type(error).__name__, error)
