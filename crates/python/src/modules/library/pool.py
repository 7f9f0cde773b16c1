import _multiprocessing as _mp
import _thread
import multiprocessing
import os
import sys
import threading
from _pickle import dumps as _dumps, loads as _loads
from multiprocessing import TimeoutError

_APPLY, _MAP, _STARMAP = range(3)


class RemoteTraceback(Exception):
    def __init__(self, tb):
        self.tb = tb

    def __str__(self):
        return self.tb


class MaybeEncodingError(Exception):
    pass


class _Failure:
    def __init__(self, error):
        self.error = error
        self.tb = '\n"""\n%s"""' % _thread._format_exception(error)

    def exception(self):
        self.error.__cause__ = RemoteTraceback(self.tb)
        return self.error


def _worker(tasks, results, initializer, initargs):
    if initializer is not None:
        initializer(*initargs)
    while True:
        task = _mp.take(tasks, True, None, "task")
        if not task:
            return
        job, at, kind, work = _loads(task)
        try:
            function, given, named = _loads(work)
            if kind == _APPLY:
                value = function(*given, **named)
            elif kind == _MAP:
                value = list(map(function, given))
            else:
                value = [function(*args) for args in given]
            answer = (job, at, True, value)
        except Exception as error:
            answer = (job, at, False, _Failure(error))
        try:
            data = _dumps(answer)
        except Exception as error:
            text = "Error sending result: '%s'. Reason: '%r'" % (answer[3], error)
            data = _dumps((job, at, False, _Failure(MaybeEncodingError(text))))
        _mp.put(results, data)


class AsyncResult:
    def __init__(self, pool, parts, callback=None, error_callback=None):
        self._pool = pool
        self._done = threading.Event()
        self._parts = [None] * parts
        self._left = parts
        self._success = True
        self._value = None
        self._callback = callback
        self._error_callback = error_callback
        if not parts:
            self._finish()

    def ready(self):
        return self._done.is_set()

    def successful(self):
        if not self.ready():
            raise ValueError("{0!r} not ready".format(self))
        return self._success

    def wait(self, timeout=None):
        self._done.wait(timeout)

    def get(self, timeout=None):
        self.wait(timeout)
        if not self.ready():
            raise TimeoutError
        if self._success:
            return self._value
        raise self._value

    def _join(self, parts):
        return [value for part in parts for value in part]

    def _set(self, at, success, value):
        self._left -= 1
        if not success:
            if self._success:
                self._success = False
                self._value = value.exception()
        elif self._success:
            self._parts[at] = value
        if not self._left:
            self._finish()

    def _finish(self):
        if self._success:
            self._value = self._join(self._parts)
            if self._callback:
                self._callback(self._value)
        elif self._error_callback:
            self._error_callback(self._value)
        self._done.set()

    def _fail(self, error):
        if not self.ready():
            self._success = False
            self._value = error
            self._finish()


MapResult = AsyncResult


class ApplyResult(AsyncResult):
    def _join(self, parts):
        return parts[0]


class IMapIterator:
    def __init__(self, parts):
        self._changed = threading.Condition()
        self._ready = {}
        self._order = []
        self._left = parts
        self._next = 0
        self._error = None

    def __iter__(self):
        return self

    def next(self, timeout=None):
        with self._changed:
            if self._next == self._left:
                raise StopIteration
            if not self._changed.wait_for(lambda: self._error or self._at() in self._ready, timeout):
                raise TimeoutError
            if self._at() not in self._ready:
                raise self._error
            success, value = self._ready.pop(self._at())
            self._next += 1
        if success:
            return value
        raise value.exception()

    def __next__(self):
        return self.next()

    def _at(self):
        return self._next

    def _set(self, at, success, value):
        with self._changed:
            self._order.append(at)
            self._ready[at] = success, value[0] if success else value
            self._changed.notify_all()

    def _fail(self, error):
        with self._changed:
            self._error = error
            self._changed.notify_all()


class IMapUnorderedIterator(IMapIterator):
    def _at(self):
        return self._order[self._next] if self._next < len(self._order) else None


class Pool:
    def __init__(self, processes=None, initializer=None, initargs=(), maxtasksperchild=None, context=None):
        if processes is None:
            processes = os.cpu_count() or 1
        if processes < 1:
            raise ValueError("Number of processes must be at least 1")
        if initializer is not None and not callable(initializer):
            raise TypeError("initializer must be a callable")
        self._tasks = _mp.channel()
        self._results = _mp.channel()
        self._jobs = {}
        self._job = 0
        self._state = "RUN"
        self._lock = threading.Lock()
        self._pool = []
        for _ in range(processes):
            process = multiprocessing.Process(target=_worker, args=(self._tasks, self._results, initializer, initargs), daemon=True)
            process.name = process.name.replace("Process", "SpawnPoolWorker")
            process._mourner = self._results
            self._pool.append(process)
        for process in self._pool:
            process.start()
        self._handler = threading.Thread(target=self._handle_results, daemon=True)
        # Python's pool has two more threads.
        threading._new_number()
        threading._new_number()
        self._handler.start()

    def __repr__(self):
        return f"<multiprocessing.pool.Pool state={self._state} pool_size={len(self._pool)}>"

    def __enter__(self):
        self._check_running()
        return self

    def __exit__(self, exc_type, exc_val, exc_tb):
        self.terminate()

    def _check_running(self):
        if self._state != "RUN":
            raise ValueError("Pool not running")

    def _handle_results(self):
        while True:
            data = _mp.take(self._results, True, None, "result")
            if not data:
                if self._state == "END":
                    return
                if self._state != "TERMINATE":
                    self._lose("A process of the pool ended before its task did")
                continue
            job, at, success, value = _loads(data)
            with self._lock:
                result = self._jobs.get(job)
            if result is not None:
                result._set(at, success, value)
                if not result._left:
                    self._jobs.pop(job, None)

    def _lose(self, why):
        with self._lock:
            lost = list(self._jobs.values())
            self._jobs.clear()
        for result in lost:
            result._fail(RuntimeError(why))

    def _put(self, result, kind, works):
        works = [_dumps(work) for work in works]
        with self._lock:
            self._job += 1
            job = self._job
            if works:
                self._jobs[job] = result
        for at, work in enumerate(works):
            _mp.put(self._tasks, _dumps((job, at, kind, work)))
        return result

    def _map(self, kind, function, iterable, chunksize, callback=None, error_callback=None):
        self._check_running()
        items = list(iterable)
        if chunksize is None:
            chunksize, extra = divmod(len(items), len(self._pool) * 4)
            if extra:
                chunksize += 1
        chunks = [items[at:at + chunksize] for at in range(0, len(items), chunksize or 1)]
        result = AsyncResult(self, len(chunks), callback, error_callback)
        return self._put(result, kind, [(function, chunk, None) for chunk in chunks])

    def apply(self, func, args=(), kwds={}):
        return self.apply_async(func, args, kwds).get()

    def apply_async(self, func, args=(), kwds={}, callback=None, error_callback=None):
        self._check_running()
        result = ApplyResult(self, 1, callback, error_callback)
        return self._put(result, _APPLY, [(func, args, kwds)])

    def map(self, func, iterable, chunksize=None):
        return self._map(_MAP, func, iterable, chunksize).get()

    def map_async(self, func, iterable, chunksize=None, callback=None, error_callback=None):
        return self._map(_MAP, func, iterable, chunksize, callback, error_callback)

    def starmap(self, func, iterable, chunksize=None):
        return self._map(_STARMAP, func, iterable, chunksize).get()

    def starmap_async(self, func, iterable, chunksize=None, callback=None, error_callback=None):
        return self._map(_STARMAP, func, iterable, chunksize, callback, error_callback)

    def _imap(self, iterator, func, iterable):
        self._check_running()
        items = list(iterable)
        return self._put(iterator(len(items)), _MAP, [(func, [item], None) for item in items])

    def imap(self, func, iterable, chunksize=1):
        return self._imap(IMapIterator, func, iterable)

    def imap_unordered(self, func, iterable, chunksize=1):
        return self._imap(IMapUnorderedIterator, func, iterable)

    def close(self):
        if self._state == "RUN":
            self._state = "CLOSE"
            for _ in self._pool:
                _mp.put(self._tasks, b"")

    def terminate(self):
        self._state = "TERMINATE"
        for process in self._pool:
            process.terminate()
        self._end()

    def join(self):
        if self._state == "RUN":
            raise ValueError("Pool is still running")
        self._end()

    def _end(self):
        for process in self._pool:
            process.join()
        self._state = "END"
        _mp.put(self._results, b"")
        self._handler.join()
