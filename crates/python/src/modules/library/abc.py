class ABCMeta(object):
    pass


class ABC:
    pass


def abstractmethod(function):
    function.__isabstractmethod__ = True
    return function


def abstractproperty(function):
    function.__isabstractmethod__ = True
    return property(function)
