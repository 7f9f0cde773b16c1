class AppError(Exception):
    """Base of them."""


class NotFound(AppError):
    def __init__(self, what, code=404):
        super().__init__(f"{what} not found")
        self.what, self.code = what, code


class Conflict(AppError):
    def __str__(self):
        return "conflict: " + ", ".join(self.args)


for make in (lambda: NotFound("page"), lambda: Conflict("a", "b"), lambda: AppError(), lambda: AppError(1, "two")):
    try:
        raise make()
    except NotFound as error:
        print("NotFound", error, error.code, error.args)
    except AppError as error:
        print(type(error).__name__, str(error), repr(error), error.args)
print(issubclass(NotFound, Exception), NotFound.__mro__[1].__name__, isinstance(NotFound("x"), (KeyError, AppError)))
print(issubclass(KeyError, LookupError), issubclass(ZeroDivisionError, ArithmeticError), issubclass(Exception, BaseException), issubclass(KeyboardInterrupt, Exception), issubclass(ModuleNotFoundError, ImportError), issubclass(RecursionError, RuntimeError), issubclass(TimeoutError, OSError))
