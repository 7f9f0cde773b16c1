people = [("Ada", 36), ("Alan", 41), ("Grace", 85), ("Edsger", 36)]
print(sorted(people, key=lambda person: person[1]), sorted(people, key=lambda person: (-person[1], person[0])))
people.sort(key=lambda person: len(person[0]), reverse=True)
print(people)
print(sorted({"b": 1, "a": 2}), sorted("hello", reverse=True), sorted([True, 0, 2, 1.5]), sorted([[2], [1, 5], [1]]))
print(min(people, key=lambda person: person[1]), max(people, key=lambda person: person[1]), min([], default="none"), max(1, 2.5, True))


class Version:
    def __init__(self, *parts):
        self.parts = parts

    def __lt__(self, other):
        return self.parts < other.parts

    def __repr__(self):
        return ".".join(map(str, self.parts))


print(sorted([Version(1, 10), Version(1, 2), Version(0, 9)]), max([Version(1), Version(3), Version(2)], key=lambda v: v.parts))
for wrong in (lambda: sorted([1, "a"]), lambda: min([]), lambda: sorted([object(), 1])):
    try:
        wrong()
    except (TypeError, ValueError) as error:
        print(type(error).__name__, error)
