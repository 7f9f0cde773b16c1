def averager():
    total, count, average = 0.0, 0, None
    while True:
        value = yield average
        total += value
        count += 1
        average = total / count


running = averager()
next(running)
print(running.send(10), running.send(20), running.send(60))
running.close()
try:
    running.send(1)
except StopIteration as stop:
    print("closed", stop.value)


def guarded():
    try:
        while True:
            try:
                received = yield "waiting"
                print("received", received)
            except ValueError as error:
                print("inside", error)
                yield "recovered"
    finally:
        print("cleanup")


worker = guarded()
print(next(worker), worker.send("a"), worker.throw(ValueError("thrown")), next(worker))
try:
    worker.throw(KeyError("out"))
except KeyError as error:
    print("came out", error)
other = guarded()
next(other)
other.close()
fresh = guarded()
try:
    fresh.send("too early")
except TypeError as error:
    print(error)


def stubborn():
    try:
        yield 1
    except GeneratorExit:
        yield 2


holder = stubborn()
next(holder)
try:
    holder.close()
except RuntimeError as error:
    print(error)


def raises_stop():
    yield 1
    raise StopIteration


try:
    list(raises_stop())
except RuntimeError as error:
    print(error)
