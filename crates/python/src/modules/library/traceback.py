import _thread
import sys


def format_exc(limit=None, chain=True):
    return _thread._format_exception(sys.exc_info()[1])


def print_exc(limit=None, file=None, chain=True):
    (file or sys.stderr).write(format_exc())


def format_exception(exc, /, value=None, tb=None, limit=None, chain=True):
    return _thread._format_exception(exc if value is None else value).splitlines(True)


def print_exception(exc, /, value=None, tb=None, limit=None, file=None, chain=True):
    (file or sys.stderr).write("".join(format_exception(exc, value)))


def format_exception_only(exc, /, value=None):
    return [_thread._last_line(exc if value is None else value)]
