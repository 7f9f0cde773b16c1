import _multiprocessing as _mp
import _thread
import os
import queue as _queue
import sys
from _pickle import dumps as _dumps, loads as _loads
from os import cpu_count


class ProcessError(Exception):
    __module__ = "multiprocessing.context"


class BufferTooShort(ProcessError):
    __module__ = "multiprocessing.context"


class TimeoutError(ProcessError):
    __module__ = "multiprocessing.context"


class AuthenticationError(ProcessError):
    __module__ = "multiprocessing.context"


_SIGNALS = {-9: "-SIGKILL", -15: "-SIGTERM"}
_NOT_YET = """
        An attempt has been made to start a new process before the
        current process has finished its bootstrapping phase.

        This probably means that you are not using fork to start your
        child processes and you have forgotten to use the proper idiom
        in the main module:

            if __name__ == '__main__':
                freeze_support()
                ...

        The "freeze_support()" line can be omitted if the program
        is not going to be frozen to produce an executable.

        To fix this issue, refer to the "Safe importing of main module"
        section in https://docs.python.org/3/library/multiprocessing.html
        """
_importing = _mp.name is not None
_born = 0
_children = set()


class Process:
    _mourner = None

    def __init__(self, group=None, target=None, name=None, args=(), kwargs={}, *, daemon=None):
        global _born
        assert group is None, "group argument must be None for now"
        _born += 1
        self._identity = _current._identity + (_born,)
        self._parent_pid = os.getpid()
        self._popen = None
        self._closed = False
        self._target = target
        self._args = tuple(args)
        self._kwargs = dict(kwargs)
        self._name = name or type(self).__name__ + "-" + ":".join(str(i) for i in self._identity)
        self._daemonic = _current._daemonic
        if daemon is not None:
            self.daemon = daemon

    def __repr__(self):
        code = None
        if self is _current:
            status = "started"
        elif self._closed:
            status = "closed"
        elif self._parent_pid != os.getpid():
            status = "unknown"
        elif self._popen is None:
            status = "initial"
        else:
            code = self._popen.exitcode()
            status = "started" if code is None else "stopped"
        info = [type(self).__name__, "name=%r" % self._name]
        if self._popen is not None:
            info.append("pid=%s" % self._popen.pid())
        info.append("parent=%s" % self._parent_pid)
        info.append(status)
        if code is not None:
            info.append("exitcode=%s" % _SIGNALS.get(code, code))
        if self._daemonic:
            info.append("daemon")
        return "<%s>" % " ".join(info)

    def _check_closed(self):
        if self._closed:
            raise ValueError("process object is closed")

    def run(self):
        if self._target:
            self._target(*self._args, **self._kwargs)

    def start(self):
        self._check_closed()
        assert self._popen is None, "cannot start a process twice"
        assert self._parent_pid == os.getpid(), "can only start a process object created by current process"
        assert not _current._daemonic, "daemonic processes are not allowed to have children"
        if _importing:
            raise RuntimeError(_NOT_YET)
        self._popen = _mp.start(_dumps(self), self._name, self._daemonic, self._mourner)
        del self._target, self._args, self._kwargs
        _children.add(self)

    def terminate(self):
        self._check_closed()
        self._popen.end(15)

    def kill(self):
        self._check_closed()
        self._popen.end(9)

    def join(self, timeout=None):
        self._check_closed()
        assert self._parent_pid == os.getpid(), "can only join a child process"
        assert self._popen is not None, "can only join a started process"
        if self._popen.join(timeout):
            _children.discard(self)

    def is_alive(self):
        self._check_closed()
        if self is _current:
            return True
        assert self._parent_pid == os.getpid(), "can only test a child process"
        if self._popen is None:
            return False
        if self._popen.exitcode() is None:
            return True
        _children.discard(self)
        return False

    def close(self):
        if self._popen is not None:
            if self._popen.exitcode() is None:
                raise ValueError("Cannot close a process while it is still running. You should first call join() or terminate().")
            self._popen = None
            _children.discard(self)
        self._closed = True

    @property
    def name(self):
        return self._name

    @name.setter
    def name(self, name):
        assert isinstance(name, str), "name must be a string"
        self._name = name
        if self._popen is not None:
            self._popen.set_name(name)

    @property
    def daemon(self):
        return self._daemonic

    @daemon.setter
    def daemon(self, daemonic):
        assert self._popen is None, "process has already started"
        self._daemonic = daemonic

    @property
    def exitcode(self):
        self._check_closed()
        return None if self._popen is None else self._popen.exitcode()

    @property
    def pid(self):
        self._check_closed()
        if self is _current:
            return os.getpid()
        return None if self._popen is None else self._popen.pid()

    ident = pid

    def _bootstrap(self):
        global _current, _born
        _current = self
        _born = 0
        try:
            try:
                self.run()
                code = 0
            finally:
                _shutdown()
        except SystemExit as error:
            code = error.code
            if code is None:
                code = 0
            elif not isinstance(code, int):
                sys.stderr.write(str(code) + "\n")
                code = 1
        except BaseException as error:
            code = 1
            sys.stderr.write("Process %s:\n" % self._name + _thread._format_exception(error))
        return code


class _MainProcess(Process):
    def __init__(self):
        self._identity = ()
        self._name = _mp.name or "MainProcess"
        self._parent_pid = os.getppid() or None
        self._popen = None
        self._closed = False
        self._daemonic = False


_current = _MainProcess()


def _main(data):
    global _importing
    _importing = False
    sys.exit(_loads(data)._bootstrap())


def _shutdown():
    for process in active_children():
        if process._daemonic:
            process._popen.end(15)
    for process in active_children():
        process.join()


def current_process():
    return _current


def active_children():
    for process in list(_children):
        if process._popen.exitcode() is not None:
            _children.discard(process)
    return list(_children)


def freeze_support():
    pass


class Queue:
    def __init__(self, maxsize=0, *, ctx=None):
        self._items = _mp.channel()
        self._room = None
        self._closed = False
        if maxsize > 0:
            self._room = _mp.channel()
            for _ in range(maxsize):
                _mp.put(self._room, b"")

    def put(self, obj, block=True, timeout=None):
        if self._closed:
            raise ValueError(f"Queue {self!r} is closed")
        data = _dumps(obj)
        if self._room is not None and _mp.take(self._room, block, timeout, "Queue with room") is None:
            raise _queue.Full
        _mp.put(self._items, data)

    def get(self, block=True, timeout=None):
        if self._closed:
            raise ValueError(f"Queue {self!r} is closed")
        data = _mp.take(self._items, block, timeout, "Queue that is not empty")
        if data is None:
            raise _queue.Empty
        if self._room is not None:
            _mp.put(self._room, b"")
        return _loads(data)

    def put_nowait(self, obj):
        self.put(obj, False)

    def get_nowait(self):
        return self.get(False)

    def qsize(self):
        return _mp.count(self._items)

    def empty(self):
        return self.qsize() == 0

    def full(self):
        return self._room is not None and _mp.count(self._room) == 0

    def close(self):
        self._closed = True

    def join_thread(self):
        assert self._closed, f"Queue {self!r} not closed"

    def cancel_join_thread(self):
        pass


class SimpleQueue(Queue):
    def __init__(self, *, ctx=None):
        super().__init__()


class Semaphore:
    def __init__(self, value=1, *, ctx=None):
        self._free = _mp.channel()
        for _ in range(value):
            _mp.put(self._free, b"")

    def acquire(self, block=True, timeout=None):
        return _mp.take(self._free, block, timeout, type(self).__name__) is not None

    def release(self):
        _mp.put(self._free, b"")

    def __enter__(self):
        return self.acquire()

    def __exit__(self, *args):
        self.release()


class BoundedSemaphore(Semaphore):
    def __init__(self, value=1, *, ctx=None):
        super().__init__(value)
        self._value = value

    def release(self):
        if _mp.count(self._free) >= self._value:
            raise ValueError("semaphore or lock released too many times")
        super().release()


class Lock(BoundedSemaphore):
    def __init__(self, *, ctx=None):
        super().__init__(1)


class RLock(Semaphore):
    def __init__(self, *, ctx=None):
        super().__init__(1)
        self._owner = None
        self._depth = 0

    def acquire(self, block=True, timeout=None):
        me = os.getpid(), _thread.get_ident()
        if self._owner != me:
            if not super().acquire(block, timeout):
                return False
            self._owner = me
        self._depth += 1
        return True

    def release(self):
        if self._owner != (os.getpid(), _thread.get_ident()):
            raise AssertionError("attempt to release recursive lock not owned by thread")
        self._depth -= 1
        if not self._depth:
            self._owner = None
            super().release()


class Event:
    def __init__(self, *, ctx=None):
        self._set = _mp.channel()

    def is_set(self):
        return _mp.count(self._set) > 0

    def set(self):
        if not self.is_set():
            _mp.put(self._set, b"")

    def clear(self):
        while _mp.take(self._set, False, None, "Event") is not None:
            pass

    def wait(self, timeout=None):
        return _mp.look(self._set, True, timeout, "Event") is not None


class _Shared:
    def __init__(self, value, lock):
        self._cell = _mp.channel()
        self._lock = RLock() if lock is True or lock is None else lock
        _mp.put(self._cell, _dumps(value))

    def _read(self):
        return _loads(_mp.look(self._cell, True, None, "Value"))

    def _change(self, change):
        value = _loads(_mp.take(self._cell, True, None, "Value"))
        try:
            value = change(value)
        finally:
            _mp.put(self._cell, _dumps(value))

    def get_lock(self):
        return self._lock

    def get_obj(self):
        return self

    def acquire(self, *args):
        return self._lock.acquire(*args)

    def release(self):
        self._lock.release()

    def __enter__(self):
        return self._lock.__enter__()

    def __exit__(self, *args):
        self._lock.__exit__()


def _as(typecode, value):
    return float(value) if typecode in ("f", "d") else value


class _Value(_Shared):
    def __init__(self, typecode, value, lock):
        self._typecode = typecode
        super().__init__(_as(typecode, value), lock)

    @property
    def value(self):
        return self._read()

    @value.setter
    def value(self, value):
        self._change(lambda _: _as(self._typecode, value))


class _Array(_Shared):
    def __init__(self, typecode, items, lock):
        self._typecode = typecode
        super().__init__([0] * items if isinstance(items, int) else list(items), lock)
        self[:] = self._read()

    def __len__(self):
        return len(self._read())

    def __getitem__(self, at):
        return self._read()[at]

    def __setitem__(self, at, value):
        def change(items):
            items[at] = [_as(self._typecode, v) for v in value] if isinstance(at, slice) else _as(self._typecode, value)
            return items
        self._change(change)

    def __iter__(self):
        return iter(self._read())


def Value(typecode_or_type, value=0, *, lock=True):
    return _Value(typecode_or_type, value, lock)


def Array(typecode_or_type, size_or_initializer, *, lock=True):
    return _Array(typecode_or_type, size_or_initializer, lock)


class Connection:
    def __init__(self, own, other):
        self._own = own
        self._other = other
        self._seen = []

    def send(self, obj):
        if self._other is None:
            raise OSError("connection is read-only")
        _mp.put(self._other, _dumps(obj))

    def recv(self):
        if self._own is None:
            raise OSError("connection is write-only")
        return _loads(self._seen.pop() if self._seen else _mp.take(self._own, True, None, "Pipe"))

    def poll(self, timeout=0.0):
        if not self._seen:
            data = _mp.take(self._own, True, timeout, "Pipe")
            if data is None:
                return False
            self._seen.append(data)
        return True

    def close(self):
        pass

    def __enter__(self):
        return self

    def __exit__(self, *args):
        self.close()


def Pipe(duplex=True):
    one, other = _mp.channel(), _mp.channel()
    if duplex:
        return Connection(one, other), Connection(other, one)
    return Connection(one, None), Connection(None, one)


def Pool(processes=None, initializer=None, initargs=(), maxtasksperchild=None):
    from multiprocessing.pool import Pool
    return Pool(processes, initializer, initargs, maxtasksperchild)


class SpawnProcess(Process):
    pass


class SpawnContext:
    Process = SpawnProcess
    Queue = Queue
    SimpleQueue = SimpleQueue
    Lock = Lock
    RLock = RLock
    Semaphore = Semaphore
    BoundedSemaphore = BoundedSemaphore
    Event = Event
    Value = staticmethod(Value)
    Array = staticmethod(Array)
    Pipe = staticmethod(Pipe)
    Pool = staticmethod(Pool)
    TimeoutError = TimeoutError
    current_process = staticmethod(current_process)
    active_children = staticmethod(active_children)
    cpu_count = staticmethod(cpu_count)

    def get_start_method(self, allow_none=False):
        return "spawn"


_context = SpawnContext()
_chosen = False


def get_context(method=None):
    if method not in (None, "spawn"):
        raise ValueError("cannot find context for %r" % method)
    return _context


def get_start_method(allow_none=False):
    return "spawn"


def get_all_start_methods():
    return ["spawn"]


def set_start_method(method, force=False):
    global _chosen
    if _chosen and not force:
        raise RuntimeError("context has already been set")
    get_context(method)
    _chosen = True

