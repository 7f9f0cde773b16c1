name, value, items = "Ada", 3.14159, [1, 2, 3]
print(f"{name} {value:.2f} {items} {len(items)} {name!r} {name!s:>5} {'nested'} {items[0] + 1}")
print(f"{value:8.3f}|{value:<8.3f}|{value:^8.3f}|{value:+.1f}|{42:05d}|{255:#x}|{1234567:,}|{0.256:.1%}")
width, precision = 10, 3
print(f"{value:{width}.{precision}f}|{name:*^{width}}|{name!r:>{width}}|")
print(f"{{literal}} {name=} {value = :.1f} {1 + 1=} {items!r}")
print(f"{name if value > 3 else 'nobody'} {(lambda x: x * 2)(4)} {[n * n for n in items]} {dict(a=1)['a']}")
print(f"{'multi'} "
      f"{'line'}" " and plain", f"""{
    value:.1f}""")
print(f"{None} {True} {1e20} {()} {b'x'} {name.upper()!r}", rf"\n{name}")
