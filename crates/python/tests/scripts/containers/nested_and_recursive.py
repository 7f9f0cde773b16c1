matrix = [[row * 3 + column for column in range(3)] for row in range(3)]
print(matrix, [list(column) for column in zip(*matrix)], sum(map(sum, matrix)), matrix[1][2], [row[::-1] for row in matrix])
tree = {"name": "root", "children": [{"name": "left", "children": []}, {"name": "right", "children": [{"name": "leaf", "children": []}]}]}


def names(node, depth=0):
    yield "  " * depth + node["name"]
    for child in node["children"]:
        yield from names(child, depth + 1)


print("\n".join(names(tree)))
loop = [1]
loop.append(loop)
print(loop, loop[1][1][0])
mapping = {}
mapping["self"] = mapping
print(mapping)
shared = [[]] * 3
shared[0].append("seen thrice")
print(shared, ([],) * 2)
