from dataclasses import asdict, astuple, dataclass, field, replace


@dataclass
class Task:
    name: str
    seconds: float = 0.0
    tags: list = field(default_factory=list)

    def total(self):
        return self.seconds * len(self.tags)


one, other = Task("load", 1.5, ["io"]), Task("load", 1.5, ["io"])
print(one, one == other, one is other, Task("x").tags is Task("x").tags, one.total(), asdict(one), astuple(other), replace(one, name="save"))


@dataclass(frozen=True, order=True)
class Version:
    major: int
    minor: int = 0


print(sorted([Version(2), Version(1, 5), Version(1)]), Version(1) < Version(1, 1), {Version(1): "first"}[Version(1, 0)])
try:
    Version(1).major = 2
except AttributeError as error:
    print(type(error).__name__, error)


@dataclass
class Rectangle:
    width: int
    height: int
    area: int = field(init=False)
    note: str = field(default="", repr=False, compare=False)

    def __post_init__(self):
        self.area = self.width * self.height


@dataclass
class Box(Rectangle):
    depth: int = 1


print(Rectangle(2, 3), Rectangle(2, 3, "a") == Rectangle(2, 3, "b"), Box(1, 2, depth=3))
for wrong in (lambda: Task(), lambda: Rectangle(1, 2, 3, 4), lambda: Version(1) < 5):
    try:
        wrong()
    except TypeError as error:
        print(error)
