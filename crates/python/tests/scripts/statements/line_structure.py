# comments, joined lines, semicolons and odd layouts
total = 1 + \
    2 + \
    3; print(total); print("second on a line")
values = [
    1,
    2,  # with a comment
    3,
]
if values: print("one-liner")
for n in values: total += n
print(total, (
    "parenthesised "
    "text"
))


def documented():
    """First line.

    More.
    """


def empty(): pass


def with_ellipsis(): ...


class Nothing: pass


print(documented.__doc__.splitlines()[0], empty(), with_ellipsis(), ..., Nothing.__doc__)
if True:
	print("a tab indents")
名前 = "names may be in any script"
print(名前, _ := 5, 0b1_0, not-1, - -1)
