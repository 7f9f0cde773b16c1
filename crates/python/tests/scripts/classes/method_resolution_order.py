class Base:
    def go(self):
        return ["Base"]


class Left(Base):
    def go(self):
        return ["Left"] + super().go()


class Right(Base):
    def go(self):
        return ["Right"] + super().go()


class Bottom(Left, Right):
    def go(self):
        return ["Bottom"] + super().go()


print(Bottom().go(), [cls.__name__ for cls in Bottom.__mro__], [cls.__name__ for cls in Bottom.mro()])
print(super(Left, Bottom()).go(), Left.go(Bottom()))


class Mixin:
    def __init__(self, *args, tag="none", **kwargs):
        super().__init__(*args, **kwargs)
        self.tag = tag


class Named:
    def __init__(self, name):
        self.name = name


class Tagged(Mixin, Named):
    pass


tagged = Tagged("n", tag="t")
print(tagged.name, tagged.tag, Tagged("only").tag)
try:
    class Impossible(Base, Bottom):
        pass
except TypeError as error:
    print(str(error).splitlines()[0])
