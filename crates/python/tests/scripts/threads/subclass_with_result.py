import threading


class Computation(threading.Thread):
    def __init__(self, function, *args):
        threading.Thread.__init__(self)
        self.function, self.args = function, args
        self.result = self.error = None

    def run(self):
        try:
            self.result = self.function(*self.args)
        except Exception as error:
            self.error = error

    def get(self):
        self.join()
        if self.error:
            raise self.error
        return self.result


def divide(a, b):
    return a / b


good, bad = Computation(divide, 7, 2), Computation(divide, 1, 0)
good.start()
bad.start()
print(good.get())
try:
    bad.get()
except ZeroDivisionError as error:
    print("raised where it is asked for:", error)


class Forgetful(threading.Thread):
    def __init__(self):
        self.x = 1


try:
    Forgetful().start()
except RuntimeError as error:
    print(error)
