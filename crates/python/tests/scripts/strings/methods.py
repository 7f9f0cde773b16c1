text = "  Hello, World  "
print(text.strip() + "|", text.lstrip() + "|", text.rstrip() + "|", text.strip().lower(), text.strip().upper())
print("a,b,,c".split(","), "a b  c".split(), "a b  c".split(" "), "a,b,c".split(",", 1), "a,b,c".rsplit(",", 1), "".split(), "".split(","))
print(", ".join(["x", "y", "z"]), "-".join("abc"), "".join([]), "one\ntwo\r\nthree".splitlines(), "a\n\nb".split("\n"))
print("banana".replace("a", "o"), "banana".replace("a", "o", 2), "banana".replace("", "-"), "abc".center(9, "*"), "abc".ljust(6) + "|", "abc".rjust(6))
print("hello world".title(), "hELLO".capitalize(), "Hello".swapcase(), "42".zfill(5), "-42".zfill(5), "ß".casefold(), "ǆ".upper())
print("hello".startswith("he"), "hello".endswith(("lo", "x")), "hello".startswith("l", 2), "hello".partition("l"), "hello".rpartition("l"), "x".partition("-"))
print("123".isdigit(), "12a".isalnum(), "abc".isalpha(), " ".isspace(), "Abc".istitle(), "ABC".isupper(), "abc".islower(), "a1".isidentifier(), "".isdigit())
print("prefix-name".removeprefix("prefix-"), "name.py".removesuffix(".py"), "a\tb".expandtabs(4), "xxabcxx".strip("x"), "abc".translate({97: "A", 98: None}))
print("abc".encode(), "é".encode("utf-8"), b"abc".decode(), str.maketrans("ab", "xy"), "aabb".translate(str.maketrans("ab", "xy")))
for wrong in (lambda: "a".split(""), lambda: ",".join([1, 2]), lambda: "abc".index("z")):
    try:
        wrong()
    except (ValueError, TypeError) as error:
        print(type(error).__name__, error)
