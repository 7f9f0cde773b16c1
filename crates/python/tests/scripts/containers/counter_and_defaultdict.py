from collections import Counter, defaultdict

letters = Counter("mississippi")
print(letters, letters["s"], letters["z"], letters.most_common(2), sum(letters.values()), letters.total(), sorted(letters.elements()))
letters.update("sss")
letters.subtract({"i": 10})
print(letters, +letters, Counter(a=3, b=1) + Counter(a=1, c=2), Counter(a=3, b=1) - Counter(a=1, b=5), Counter(a=3) & Counter(a=1), Counter(a=3) | Counter(b=1))
groups = defaultdict(list)
for word in ["apple", "avocado", "banana", "blueberry", "cherry"]:
    groups[word[0]].append(word)
print(groups, dict(groups), groups.get("z"), "z" in groups, groups["z"], "z" in groups)
counts = defaultdict(int)
for character in "hello":
    counts[character] += 1
print(dict(counts), defaultdict(lambda: "n/a", x=1)["y"])
try:
    defaultdict(None)["missing"]
except KeyError as error:
    print("KeyError", error)
