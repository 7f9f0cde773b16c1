class Celsius:
    def __init__(self, degrees=0):
        self.degrees = degrees

    @property
    def degrees(self):
        """In degrees."""
        return self._degrees

    @degrees.setter
    def degrees(self, value):
        if value < -273.15:
            raise ValueError("below absolute zero")
        self._degrees = value

    @degrees.deleter
    def degrees(self):
        print("deleted")
        self._degrees = 0

    @property
    def fahrenheit(self):
        return self.degrees * 9 / 5 + 32


room = Celsius(20)
room.degrees += 5
print(room.degrees, room.fahrenheit)
del room.degrees
print(room.degrees, Celsius.degrees.__doc__)
for wrong in (lambda: Celsius(-300), lambda: setattr(room, "fahrenheit", 1)):
    try:
        wrong()
    except (ValueError, AttributeError) as error:
        print(type(error).__name__, error)


class Lazy:
    def __getattr__(self, name):
        if name.startswith("_"):
            raise AttributeError(name)
        print("computing", name)
        value = len(name)
        setattr(self, name, value)
        return value


lazy = Lazy()
print(lazy.answer, lazy.answer, hasattr(lazy, "_hidden"))


class Guarded:
    def __setattr__(self, name, value):
        print("set", name, value)
        super().__setattr__(name, value)

    def __delattr__(self, name):
        print("del", name)
        super().__delattr__(name)


guarded = Guarded()
guarded.x = 1
del guarded.x
print(vars(guarded))
