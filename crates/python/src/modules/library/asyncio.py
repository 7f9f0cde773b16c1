import _thread
import heapq
import threading
import time as _time
from collections import deque
from concurrent.futures import CancelledError as _FutureCancelled

TimeoutError = TimeoutError
FIRST_COMPLETED = "FIRST_COMPLETED"
FIRST_EXCEPTION = "FIRST_EXCEPTION"
ALL_COMPLETED = "ALL_COMPLETED"


class CancelledError(BaseException):
    pass


class InvalidStateError(Exception):
    pass


class QueueEmpty(Exception):
    pass


class QueueFull(Exception):
    pass


CancelledError.__module__ = "asyncio.exceptions"
_running = threading.local()


def get_running_loop():
    loop = getattr(_running, "loop", None)
    if loop is None:
        raise RuntimeError("no running event loop")
    return loop


get_event_loop = get_running_loop


class Future:
    def __init__(self, *, loop=None):
        self._loop = loop or get_running_loop()
        self._state = "PENDING"
        self._result = None
        self._exception = None
        self._callbacks = []

    def done(self):
        return self._state != "PENDING"

    def cancelled(self):
        return self._state == "CANCELLED"

    def result(self):
        if self._state == "CANCELLED":
            raise CancelledError()
        if self._state == "PENDING":
            raise InvalidStateError("Result is not set.")
        if self._exception is not None:
            raise self._exception
        return self._result

    def exception(self):
        if self._state == "CANCELLED":
            raise CancelledError()
        if self._state == "PENDING":
            raise InvalidStateError("Exception is not set.")
        return self._exception

    def add_done_callback(self, fn, *, context=None):
        if self.done():
            self._loop.call_soon(fn, self)
        else:
            self._callbacks.append(fn)

    def remove_done_callback(self, fn):
        before = len(self._callbacks)
        self._callbacks = [f for f in self._callbacks if f != fn]
        return before - len(self._callbacks)

    def _finish(self, state):
        self._state = state
        callbacks, self._callbacks = self._callbacks, []
        for fn in callbacks:
            self._loop.call_soon(fn, self)

    def set_result(self, result):
        if self.done():
            raise InvalidStateError("invalid state")
        self._result = result
        self._finish("FINISHED")

    def set_exception(self, exception):
        if self.done():
            raise InvalidStateError("invalid state")
        if isinstance(exception, type):
            exception = exception()
        self._exception = exception
        self._finish("FINISHED")

    def cancel(self, msg=None):
        if self.done():
            return False
        self._finish("CANCELLED")
        return True

    def __await__(self):
        if not self.done():
            yield self
        return self.result()

    __iter__ = __await__


_task_counter = 0


class Task(Future):
    def __init__(self, coro, *, loop=None, name=None):
        global _task_counter
        super().__init__(loop=loop)
        _task_counter += 1
        self._coro = coro
        self._name = name or f"Task-{_task_counter}"
        self._waits_for = None
        self._must_cancel = False
        self._loop.call_soon(self._step)
        self._loop._tasks.append(self)

    def get_name(self):
        return self._name

    def set_name(self, name):
        self._name = str(name)

    def get_coro(self):
        return self._coro

    def cancel(self, msg=None):
        if self.done():
            return False
        if self._waits_for is not None and self._waits_for.cancel():
            return True
        self._must_cancel = True
        return True

    def _step(self, error=None):
        if self.done():
            return
        if self._must_cancel:
            error = CancelledError()
            self._must_cancel = False
        self._waits_for = None
        before, self._loop._current = self._loop._current, self
        try:
            if error is None:
                waits_for = self._coro.send(None)
            else:
                waits_for = self._coro.throw(error)
        except StopIteration as stop:
            Future.set_result(self, stop.value)
        except CancelledError:
            Future.cancel(self)
        except (KeyboardInterrupt, SystemExit) as exc:
            Future.set_exception(self, exc)
            raise
        except BaseException as exc:
            Future.set_exception(self, exc)
        else:
            if waits_for is None:
                self._loop.call_soon(self._step)
            else:
                self._waits_for = waits_for
                waits_for.add_done_callback(self._wake)
                if self._must_cancel and waits_for.cancel():
                    self._must_cancel = False
        finally:
            self._loop._current = before
        if self.done() and self in self._loop._tasks:
            self._loop._tasks.remove(self)

    def _wake(self, future):
        try:
            future.result()
        except BaseException as exc:
            self._step(exc)
        else:
            self._step()


class Handle:
    def __init__(self, callback, args):
        self._callback = callback
        self._args = args
        self._cancelled = False

    def cancel(self):
        self._cancelled = True

    def _run(self):
        if not self._cancelled:
            self._callback(*self._args)


class Loop:
    def __init__(self):
        self._ready = deque()
        self._timers = []
        self._count = 0
        self._tasks = []
        self._current = None
        self._from_threads = threading.Condition(None, "event")
        self._executor = None

    def time(self):
        return _time.monotonic()

    def call_soon(self, callback, *args, context=None):
        handle = Handle(callback, args)
        self._ready.append(handle)
        return handle

    def call_soon_threadsafe(self, callback, *args):
        with self._from_threads:
            handle = self.call_soon(callback, *args)
            self._from_threads.notify()
        return handle

    def call_later(self, delay, callback, *args):
        return self.call_at(self.time() + delay, callback, *args)

    def call_at(self, when, callback, *args):
        handle = Handle(callback, args)
        self._count += 1
        heapq.heappush(self._timers, (when, self._count, handle))
        return handle

    def create_task(self, coro, *, name=None):
        return Task(coro, loop=self, name=name)

    def create_future(self):
        return Future(loop=self)

    def run_in_executor(self, executor, func, *args):
        if executor is None:
            if self._executor is None:
                from concurrent.futures import ThreadPoolExecutor
                self._executor = ThreadPoolExecutor(thread_name_prefix="asyncio")
            executor = self._executor
        future = self.create_future()

        def finish(done):
            if future.cancelled():
                return
            error = done.exception()
            if error is not None:
                future.set_exception(error)
            else:
                future.set_result(done.result())
        executor.submit(func, *args).add_done_callback(lambda done: self.call_soon_threadsafe(finish, done))
        return future

    def _run_once(self):
        now = self.time()
        while self._timers and self._timers[0][0] <= now:
            self._ready.append(heapq.heappop(self._timers)[2])
        if not self._ready:
            with self._from_threads:
                if not self._ready:
                    timeout = None
                    if self._timers:
                        timeout = max(0, self._timers[0][0] - self.time())
                    if timeout is not None and self._executor is None:
                        pass
                    else:
                        self._from_threads.wait(timeout)
                        timeout = None
            if timeout is not None:
                _time.sleep(timeout)
            return
        for _ in range(len(self._ready)):
            self._ready.popleft()._run()

    def run_until_complete(self, future):
        future = ensure_future(future, loop=self)
        before = getattr(_running, "loop", None)
        _running.loop = self
        try:
            while not future.done():
                self._run_once()
        finally:
            _running.loop = before
        return future.result()

    def is_running(self):
        return getattr(_running, "loop", None) is self

    def close(self):
        if self._executor is not None:
            self._executor.shutdown()


def new_event_loop():
    return Loop()


def iscoroutine(obj):
    return type(obj).__name__ == "coroutine"


def iscoroutinefunction(func):
    return _thread._is_coroutine_function(func)


def ensure_future(obj, *, loop=None):
    if isinstance(obj, Future):
        return obj
    if iscoroutine(obj):
        return (loop or get_running_loop()).create_task(obj)
    if hasattr(obj, "__await__"):
        async def wrap():
            return await obj
        return (loop or get_running_loop()).create_task(wrap())
    raise TypeError("An asyncio.Future, a coroutine or an awaitable is required")


def run(main, *, debug=None):
    if getattr(_running, "loop", None) is not None:
        raise RuntimeError("asyncio.run() cannot be called from a running event loop")
    if not iscoroutine(main):
        raise ValueError("a coroutine was expected, got {!r}".format(main))
    loop = Loop()
    try:
        return loop.run_until_complete(main)
    finally:
        left = [task for task in loop._tasks if not task.done()]
        for task in left:
            task.cancel()
        if left:
            _running.loop = loop
            while not all(task.done() for task in left):
                loop._run_once()
            _running.loop = None
        loop.close()


def create_task(coro, *, name=None):
    return get_running_loop().create_task(coro, name=name)


def current_task(loop=None):
    return (loop or get_running_loop())._current


def all_tasks(loop=None):
    return set(task for task in (loop or get_running_loop())._tasks if not task.done())


class _Yield:
    def __await__(self):
        yield None


async def sleep(delay, result=None):
    if delay <= 0:
        await _Yield()
        return result
    loop = get_running_loop()
    future = loop.create_future()
    handle = loop.call_later(delay, lambda: future.done() or future.set_result(result))
    try:
        return await future
    finally:
        handle.cancel()


def gather(*awaitables, return_exceptions=False):
    loop = get_running_loop()
    outer = loop.create_future()
    children = [ensure_future(a, loop=loop) for a in awaitables]
    if not children:
        outer.set_result([])
        return outer
    left = len(children)

    def finished(child):
        nonlocal left
        left -= 1
        if outer.done():
            return
        if not return_exceptions:
            if child.cancelled():
                outer.set_exception(CancelledError())
                return
            if child.exception() is not None:
                outer.set_exception(child.exception())
                return
        if left == 0:
            results = []
            for c in children:
                if c.cancelled():
                    results.append(CancelledError())
                else:
                    results.append(c.exception() if c.exception() is not None else c.result())
            outer.set_result(results)
    for child in children:
        child.add_done_callback(finished)
    cancel_outer = outer.cancel

    def cancel(msg=None):
        any_cancelled = False
        for child in children:
            if child.cancel():
                any_cancelled = True
        return any_cancelled
    outer.cancel = cancel
    return outer


async def wait(fs, *, timeout=None, return_when=ALL_COMPLETED):
    loop = get_running_loop()
    fs = [ensure_future(f, loop=loop) for f in fs]
    changed = loop.create_future()

    def enough():
        done = [f for f in fs if f.done()]
        return (len(done) == len(fs) or (return_when == FIRST_COMPLETED and done)
                or (return_when == FIRST_EXCEPTION and any(not f.cancelled() and f.exception() for f in done)))

    def finished(_):
        if enough() and not changed.done():
            changed.set_result(None)
    for f in fs:
        f.add_done_callback(finished)
    if timeout is not None:
        loop.call_later(timeout, lambda: changed.done() or changed.set_result(None))
    if not enough():
        await changed
    return {f for f in fs if f.done()}, {f for f in fs if not f.done()}


async def wait_for(fut, timeout):
    if timeout is None:
        return await fut
    task = ensure_future(fut)
    done, pending = await wait([task], timeout=timeout)
    if pending:
        task.cancel()
        try:
            await task
        except CancelledError:
            pass
        raise TimeoutError()
    return task.result()


def as_completed(fs, *, timeout=None):
    loop = get_running_loop()
    futures = [ensure_future(f, loop=loop) for f in fs]
    finished = Queue()
    for f in futures:
        f.add_done_callback(finished.put_nowait)

    async def one():
        return (await finished.get()).result()
    for _ in futures:
        yield one()


async def shield(arg):
    return await ensure_future(arg)


async def to_thread(func, /, *args, **kwargs):
    return await get_running_loop().run_in_executor(None, lambda: func(*args, **kwargs))


class Lock:
    def __init__(self):
        self._locked = False
        self._waiters = deque()

    def locked(self):
        return self._locked

    async def acquire(self):
        if not self._locked and not self._waiters:
            self._locked = True
            return True
        future = get_running_loop().create_future()
        self._waiters.append(future)
        try:
            await future
        finally:
            self._waiters.remove(future)
        self._locked = True
        return True

    def release(self):
        if not self._locked:
            raise RuntimeError("Lock is not acquired.")
        self._locked = False
        for future in self._waiters:
            if not future.done():
                future.set_result(True)
                break

    async def __aenter__(self):
        await self.acquire()

    async def __aexit__(self, *args):
        self.release()


class Event:
    def __init__(self):
        self._value = False
        self._waiters = deque()

    def is_set(self):
        return self._value

    def set(self):
        self._value = True
        for future in self._waiters:
            if not future.done():
                future.set_result(True)

    def clear(self):
        self._value = False

    async def wait(self):
        if self._value:
            return True
        future = get_running_loop().create_future()
        self._waiters.append(future)
        try:
            await future
            return True
        finally:
            self._waiters.remove(future)


class Semaphore:
    def __init__(self, value=1):
        if value < 0:
            raise ValueError("Semaphore initial value must be >= 0")
        self._value = value
        self._waiters = deque()

    def locked(self):
        return self._value == 0

    async def acquire(self):
        while self._value <= 0:
            future = get_running_loop().create_future()
            self._waiters.append(future)
            try:
                await future
            finally:
                self._waiters.remove(future)
        self._value -= 1
        return True

    def release(self):
        self._value += 1
        for future in self._waiters:
            if not future.done():
                future.set_result(None)
                break

    async def __aenter__(self):
        await self.acquire()

    async def __aexit__(self, *args):
        self.release()


BoundedSemaphore = Semaphore


class Queue:
    def __init__(self, maxsize=0):
        self._maxsize = maxsize
        self._queue = deque()
        self._getters = deque()
        self._putters = deque()
        self._unfinished = 0
        self._finished = Event()
        self._finished.set()

    @property
    def maxsize(self):
        return self._maxsize

    def qsize(self):
        return len(self._queue)

    def empty(self):
        return not self._queue

    def full(self):
        return self._maxsize > 0 and len(self._queue) >= self._maxsize

    def _wake(self, waiters):
        while waiters:
            waiter = waiters.popleft()
            if not waiter.done():
                waiter.set_result(None)
                break

    async def put(self, item):
        while self.full():
            putter = get_running_loop().create_future()
            self._putters.append(putter)
            await putter
        self.put_nowait(item)

    def put_nowait(self, item):
        if self.full():
            raise QueueFull
        self._queue.append(item)
        self._unfinished += 1
        self._finished.clear()
        self._wake(self._getters)

    async def get(self):
        while self.empty():
            getter = get_running_loop().create_future()
            self._getters.append(getter)
            await getter
        return self.get_nowait()

    def get_nowait(self):
        if self.empty():
            raise QueueEmpty
        item = self._queue.popleft()
        self._wake(self._putters)
        return item

    def task_done(self):
        if self._unfinished <= 0:
            raise ValueError("task_done() called too many times")
        self._unfinished -= 1
        if self._unfinished == 0:
            self._finished.set()

    async def join(self):
        if self._unfinished > 0:
            await self._finished.wait()


class TaskGroup:
    async def __aenter__(self):
        self._tasks = []
        return self

    def create_task(self, coro, *, name=None):
        task = create_task(coro, name=name)
        self._tasks.append(task)
        return task

    async def __aexit__(self, exc_type, exc, tb):
        if self._tasks:
            await gather(*self._tasks)
