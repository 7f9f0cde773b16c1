class Tree:
    def __init__(self, *children):
        self.children = children

    def depth(self):
        return 1 + max(child.depth() for child in self.children)


def measure(tree):
    return tree.depth()


print("measuring")
measure(Tree(Tree(Tree())))
