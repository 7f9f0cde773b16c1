print("%d %i %5d|%-5d|%05d|%+d|% d" % (1, 2, 3, 4, 5, 6, 7))
print("%s %r %a %10s|%-10s|%.2s" % ("é", "é", "é", "right", "left", "cut"))
print("%f %.2f %8.3f|%-8.1f|%e %.1E %g %G" % (1.5, 2.345, 3.14159, 2.25, 12345.678, 0.00012, 1e10, 1e-10))
print("%x %X %#x %o %#o %c %c %%" % (255, 255, 255, 8, 8, 65, "z"))
print("%(name)s is %(age)d, %(name)r" % {"name": "Ada", "age": 36}, "%*d|%.*f|%-*d|" % (6, 42, 2, 3.14159, 5, 7))
print("%s" % [1, 2], "%s" % (1,), "%s and %s" % ((1, 2), None), "%d%%" % 50, "%d" % 3.99, "%s" % {"a": 1})
attempts = [("%d", "x"), ("%d", ()), ("%s", (1, 2)), ("%y", 1), ("%", 1), ("%(a)s", 1), ("%x", 1.5), ("%c", "ab"), ("%(b)s", {"a": 1})]
for template, arguments in attempts:
    try:
        print(template % arguments)
    except (TypeError, ValueError, KeyError) as error:
        print(repr(template), type(error).__name__, error)
