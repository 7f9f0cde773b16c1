def append(item, to=[]):
    to.append(item)
    return to


print(append(1), append(2), append(3, []), append(4))
number = 1


def remember(value=number):
    return value


number = 2
print(remember(), remember(number), remember.__defaults__, append.__defaults__)


def fresh(item, to=None):
    to = [] if to is None else to
    to.append(item)
    return to


print(fresh(1), fresh(2), fresh.__name__, append.__name__, (lambda: 0).__name__)
