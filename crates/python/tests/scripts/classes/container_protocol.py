class Playlist:
    def __init__(self, *songs):
        self.songs = list(songs)

    def __len__(self):
        return len(self.songs)

    def __getitem__(self, index):
        if isinstance(index, slice):
            return Playlist(*self.songs[index])
        return self.songs[index]

    def __setitem__(self, index, song):
        self.songs[index] = song

    def __delitem__(self, index):
        del self.songs[index]

    def __contains__(self, song):
        return song.lower() in map(str.lower, self.songs)

    def __iter__(self):
        return iter(self.songs)

    def __reversed__(self):
        return reversed(self.songs)

    def __bool__(self):
        return len(self) > 1

    def __str__(self):
        return " / ".join(self.songs)


songs = Playlist("One", "Two", "Three")
songs[0] = "Zero"
del songs[1]
print(songs, len(songs), songs[-1], "zero" in songs, list(songs), list(reversed(songs)), bool(songs), bool(Playlist("x")), songs[:1])


class Squares:
    def __getitem__(self, index):
        if index >= 4:
            raise IndexError(index)
        return index ** 2


print(list(Squares()), 9 in Squares(), 5 in Squares())


class Countdown:
    def __init__(self, start):
        self.left = start

    def __iter__(self):
        return self

    def __next__(self):
        if self.left == 0:
            raise StopIteration
        self.left -= 1
        return self.left + 1


print(list(Countdown(3)), sum(Countdown(4)), [*Countdown(2)], max(Countdown(5)))


class Default(dict):
    def __missing__(self, key):
        return f"no {key}"


print(Default(a=1)["a"], Default()["b"])
five = 5
for wrong in (lambda: len(5), lambda: iter(5), lambda: five[0], lambda: songs["a"], lambda: 1 in 5):
    try:
        wrong()
    except TypeError as error:
        print(error)
