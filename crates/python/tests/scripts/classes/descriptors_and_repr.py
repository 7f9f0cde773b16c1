class Meta:
    def __set_name__(self, owner, name):
        self.name = name
        print("named", owner.__name__, name)

    def __get__(self, instance, owner):
        if instance is None:
            return self
        return instance.__dict__.get(self.name, "unset")

    def __set__(self, instance, value):
        instance.__dict__[self.name] = value * 2


class Uses:
    size = Meta()


uses = Uses()
print(uses.size)
uses.size = 5
print(uses.size, uses.__dict__, Uses.size.name)


class Plugin:
    def run(self):
        return self.step() + "!"

    def step(self):
        raise NotImplementedError


class Loud(Plugin):
    def step(self):
        return "LOUD"


print(Loud().run())
try:
    Plugin().run()
except NotImplementedError as error:
    print(repr(error))


class Text:
    def __str__(self):
        return "as text"


class Shown:
    def __repr__(self):
        return "as shown"


print(Text(), Shown(), [Shown()], str(Shown()), f"{Text()} {Shown()!s} {Shown()!r}", "%s %r" % (Text(), Shown()))
