rows = [("threads", 4, 0.512), ("pool", 16, 1.25), ("processes", 2, 12.0)]
print(f"{'mode':<12}{'count':>6}{'seconds':>10}")
print("-" * 28)
for mode, count, seconds in rows:
    print(f"{mode:<12}{count:>6}{seconds:>10.2f}")
print("=" * 28)
total = sum(seconds for _, _, seconds in rows)
print("{:<12}{:>6}{:>10.2f}".format("total", sum(row[1] for row in rows), total))
print("%-12s%6s%10.1f%%" % ("share", "", 100 * rows[0][2] / total))
for mode, _, seconds in sorted(rows, key=lambda row: -row[2]):
    print(f"{mode:>10} {'#' * round(seconds * 2)}")
