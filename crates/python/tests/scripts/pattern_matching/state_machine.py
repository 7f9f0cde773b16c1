def evaluate(node):
    match node:
        case ("num", value):
            return value
        case ("neg", inner):
            return -evaluate(inner)
        case (("add" | "mul") as op, left, right):
            a, b = evaluate(left), evaluate(right)
            return a + b if op == "add" else a * b
        case ("let", str(name), bound, body):
            return evaluate(substitute(body, name, ("num", evaluate(bound))))
        case unknown:
            raise ValueError(f"cannot evaluate {unknown!r}")


def substitute(node, name, value):
    match node:
        case ("var", n) if n == name:
            return value
        case (op, *parts) if op != "num":
            return (op, *(substitute(part, name, value) if isinstance(part, tuple) else part for part in parts))
    return node


print(evaluate(("add", ("num", 2), ("mul", ("num", 3), ("neg", ("num", 4))))))
print(evaluate(("let", "x", ("num", 5), ("mul", ("var", "x"), ("var", "x")))))
try:
    evaluate(("var", "free"))
except ValueError as error:
    print(error)
match = {"case": "both words are plain names as well"}
case = match["case"]
print(case)
