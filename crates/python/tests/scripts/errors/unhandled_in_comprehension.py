words = ["1", "2", "three"]
print("reading")
print([int(word) for word in words])
