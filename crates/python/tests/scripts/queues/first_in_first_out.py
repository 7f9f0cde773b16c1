import queue

line = queue.Queue()
for item in ("a", "b", "c"):
    line.put(item)
print(line.qsize(), line.empty(), line.full(), line.get(), line.get(), line.qsize())
line.put_nowait("d")
print(line.get_nowait(), line.get(timeout=1), line.empty())
stack = queue.LifoQueue()
for item in range(3):
    stack.put(item)
print([stack.get() for _ in range(3)])
small = queue.Queue(maxsize=2)
small.put(1)
small.put(2)
print(small.full(), small.maxsize)
for wrong in (lambda: small.put_nowait(3), lambda: small.put(3, timeout=0.02), lambda: small.put(3, block=False), lambda: line.get_nowait(), lambda: line.get(timeout=0.02), lambda: line.get(False)):
    try:
        wrong()
    except (queue.Full, queue.Empty) as error:
        print(type(error).__name__, repr(str(error)))
try:
    line.get(timeout=-1)
except ValueError as error:
    print(error)
