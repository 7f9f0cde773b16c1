for n in range(2, 12):
    for divisor in range(2, n):
        if n % divisor == 0:
            print(n, "=", divisor, "*", n // divisor)
            break
    else:
        print(n, "is prime")
left = 3
while left:
    left -= 1
    if left == 1:
        continue
    print("left", left)
else:
    print("ran out")
while True:
    break
else:
    print("never")
for item in []:
    print("never")
else:
    print("empty", "item" in globals())
for index in range(3):
    index += 10
print(index)
items = [1, 2, 3, 4]
for item in items:
    if item % 2 == 0:
        items.remove(item)
print(items)
for letter in "ab":
    for number in range(5):
        if number == 2:
            break
        print(letter, number, end=" ")
print()
