ages = {"ada": 36, "alan": 41}
ages["grace"] = 85
ages["ada"] += 1
print(ages, len(ages), "ada" in ages, 36 in ages, ages["alan"], ages.get("x"), ages.get("x", 0))
print(list(ages), list(ages.keys()), list(ages.values()), list(ages.items()), ages.keys(), ages.values(), ages.items())
print(ages.pop("alan"), ages.pop("x", None), ages.setdefault("alan", 1), ages.setdefault("ada", 1), ages.popitem(), ages)
ages.update({"bob": 1}, carol=2)
ages.update([("dan", 3)])
del ages["bob"]
print(ages, {**ages, "dan": 4}, ages | {"eve": 5}, dict(a=1), dict([("b", 2)]), dict.fromkeys("ab", 0), dict(zip("xy", (1, 2))))
print({1: "int", 1.0: "float", True: "bool"}, {"a": 1, "b": 2} == {"b": 2, "a": 1}, {None: 0, (1, 2): 1}, {}, not {})
for key, value in sorted(ages.items(), reverse=True):
    print(key, value, end="; ")
print(list(reversed(ages)), max(ages, key=ages.get), {value: key for key, value in ages.items()})
for wrong in (lambda: ages["x"], lambda: ages.pop("x"), lambda: {}.popitem(), lambda: {[]: 1}, lambda: {{}: 1}):
    try:
        wrong()
    except (KeyError, TypeError) as error:
        print(type(error).__name__, error)
