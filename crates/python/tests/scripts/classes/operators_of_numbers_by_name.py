print((5).__add__(3), (2.5).__mul__(2), int.__neg__(4), "a".__add__("b"))
