samples = ["abc", "ABC", "aB1", "123", "½", "²", "١", "  \t", "é", "漢", "_x", "1x", "", "a b", "\n", "\x00", "ß", "Ǆ", "Title Case"]
checks = ["isalpha", "isdigit", "isdecimal", "isnumeric", "isalnum", "isspace", "isupper", "islower", "istitle", "isascii", "isprintable", "isidentifier"]
for sample in samples:
    print(ascii(sample), [check for check in checks if getattr(sample, check)()])
print("hello hello".rfind("l"), "hello".rfind("z"), "{a} {b}".format_map({"a": 1, "b": 2}), "ŉ".upper(), "İ".lower() == "i̇", "ΑΣ".lower())
