def check(n):
    assert n > 0, f"{n} is not positive"
    return n


print(check(1))
for value in (0, -5):
    try:
        check(value)
    except AssertionError as error:
        print("AssertionError", error, error.args)
try:
    assert []
except AssertionError as error:
    print(repr(error), str(error) == "")
assert [0], "a list that is not empty is true"
assert check(3) == 3, "not evaluated: " + undefined
print("done")
