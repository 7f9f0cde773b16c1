a, b = 0b1100, 0b1010
print(bin(a & b), bin(a | b), bin(a ^ b), bin(~a), a << 3, a >> 2, -9 >> 1, -1 >> 100)
print(hex(255), hex(-255), oct(8), bin(5), bin(-5), bin(0))
flags = 0
for bit in (1, 4, 6):
    flags |= 1 << bit
print(flags, [bit for bit in range(8) if flags >> bit & 1])
flags &= ~(1 << 4)
flags ^= 0xF
print(flags, True & False, True | False, True ^ True, True << 2)
print((1024).to_bytes(2, "big"), (1024).to_bytes(4, "little"), int.from_bytes(b"\x04\x00", "big"))
try:
    1 << -1
except ValueError as error:
    print(error)
try:
    1.5 & 1
except TypeError as error:
    print(error)
