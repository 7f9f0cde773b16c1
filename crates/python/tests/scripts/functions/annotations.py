from typing import Callable, Optional


def area(width: float, height: float = 1.0, *, unit: "str" = "m") -> str:
    size: float = width * height
    count: int
    return f"{size} {unit}²"


print(area(2, 3), area("wrong", 2), area.__annotations__)
total: int = "not an int"
name: str
print(total, __annotations__)


class Task:
    priority: int = 0
    label: Optional[str]

    def run(self, then: Callable[[int], int]) -> int:
        return then(self.priority)


print(Task().run(lambda n: n + 1), Task.priority, list(Task.__annotations__), hasattr(Task, "label"))
