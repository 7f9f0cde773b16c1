text = "interleave"
print(text[0], text[-1], text[2:5], text[:3], text[-3:], text[::2], text[::-1], text[8:2:-2], text[20:], text[-100:3])
print(len(text), "leave" in text, "x" not in text, text.index("e"), text.rindex("e"), text.find("z"), text.count("e"))
print("ab" * 3, 2 * "-", "a" + "b", "a" "b", "" * 5 == "")
for wrong in (lambda: text[50], lambda: text["a"], lambda: "a" + 1, lambda: text.index("z")):
    try:
        wrong()
    except (IndexError, TypeError, ValueError) as error:
        print(type(error).__name__, error)
print([character for character in "añ漢"], list(reversed("abc")), sorted("hello"), min("hello"), max("hello"))
print("a" < "b", "Z" < "a", "abc" < "abd", "ab" < "abc", "" < "a", "10" < "9")
