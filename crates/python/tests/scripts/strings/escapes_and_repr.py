for text in ("plain", "it's", 'say "hi"', "both ' and \"", "tab\tnewline\n", "back\\slash", "\0\x1f\x7f", "é漢😀", "\xad\u200b\u2028", ""):
    print(repr(text), ascii(text), len(text))
print(r"raw\n", "A\u0042\U00000043\x44\105", "line \
continued")
print("""triple
"quoted" text""")
print(b"bytes\x00\xff'", repr(b'"'), str(b"ab"), [b"x"], "a" 'b' """c""")
print(str("text"), str(5), str(None), str([1, "a"]), repr("a" "b"), repr([("x", 1.0), {"k": None}]))
