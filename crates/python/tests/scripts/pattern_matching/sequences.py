def command(words):
    match words:
        case []:
            return "empty"
        case ["go", direction]:
            return f"going {direction}"
        case ["get", *items, "now"]:
            return f"getting {items} now"
        case ["get", first, *rest]:
            return f"getting {first}, later {rest}"
        case ["drop" | "leave" as verb, thing]:
            return f"{verb}: {thing}"
        case [[a, b], (c, *_)]:
            return f"nested {a} {b} {c}"
        case (int(x), int(y)) if x == y:
            return f"pair of {x}"
        case [_, _, _]:
            return "three"
        case [*_, last]:
            return f"ends with {last}"
        case _:
            return "not a sequence"


for words in ([], ["go", "north"], ["get", 1, 2, "now"], ["get", "lamp", "key"], ["leave", "lamp"], [[1, 2], (3, 4, 5)],
              (4, 4), (4, 5, 6), ["a", "b"], "text", {"a": 1}, range(2), 5):
    print(words, "->", command(words))


def total(items):
    match items:
        case []:
            return 0
        case [first, *rest]:
            return first + total(rest)


print(total([1, 2, 3, 4]))
