data = b"interleave"
print(data, data[0], data[2:5], len(data), list(data[:4]), data[::-1], b"leave" in data, 105 in data)
print(bytes(3), bytes([65, 66]), bytes("é", "utf-8"), b"a" + b"b", b"ab" * 2, b"".join([b"x", b"y"]))
print(data.find(b"l"), data.upper(), data.replace(b"e", b"3"), data.split(b"l"), data.hex(), bytes.fromhex("00ff10"))
print(data.decode("ascii"), "é".encode("latin-1"), b"\xc3\xa9".decode(), b"a" < b"b", b"a" == "a", hash(b"") == hash(b""))
for wrong in (lambda: b"\xff".decode(), lambda: "é".encode("ascii"), lambda: bytes([256]), lambda: b"a" + "a", lambda: data[99]):
    try:
        wrong()
    except (ValueError, TypeError, IndexError) as error:
        print(type(error).__name__, error)
