class Error(Exception):
    pass


_atomic = (int, float, str, bytes, bool, type(None), type, range, frozenset)


def copy(x):
    cls = type(x)
    if isinstance(x, _atomic) or callable(x) and not hasattr(cls, "__copy__"):
        return x
    if hasattr(cls, "__copy__"):
        return x.__copy__()
    if cls in (list, dict, set):
        return x.copy()
    if cls is tuple:
        return x
    if isinstance(x, (list, dict, set)):
        made = cls(x)
    else:
        made = object.__new__(cls)
    made.__dict__.update(x.__dict__)
    return made


def deepcopy(x, memo=None):
    if memo is None:
        memo = {}
    if id(x) in memo:
        return memo[id(x)][0]
    cls = type(x)
    if hasattr(cls, "__deepcopy__"):
        made = x.__deepcopy__(memo)
    elif cls is list:
        made = []
        memo[id(x)] = (made, x)
        for item in x:
            made.append(deepcopy(item, memo))
        return made
    elif cls is dict:
        made = {}
        memo[id(x)] = (made, x)
        for key, value in x.items():
            made[deepcopy(key, memo)] = deepcopy(value, memo)
        return made
    elif cls is tuple:
        made = tuple(deepcopy(item, memo) for item in x)
        if all(a is b for a, b in zip(made, x)):
            made = x
    elif cls is set:
        made = {deepcopy(item, memo) for item in x}
    elif isinstance(x, _atomic) or callable(x):
        return x
    else:
        made = object.__new__(cls)
        memo[id(x)] = (made, x)
        for key, value in x.__dict__.items():
            made.__dict__[key] = deepcopy(value, memo)
        return made
    memo[id(x)] = (made, x)
    return made
