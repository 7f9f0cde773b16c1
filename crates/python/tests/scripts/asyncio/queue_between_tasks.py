import asyncio


async def producer(queue):
    for number in range(3):
        await asyncio.sleep(0.05)
        await queue.put(number)
        print("put", number)
    await queue.put(None)


async def consumer(queue):
    total = 0
    while (item := await queue.get()) is not None:
        total += item
        print("got", item)
        queue.task_done()
    return total


async def main():
    queue = asyncio.Queue()
    _, total = await asyncio.gather(producer(queue), consumer(queue))
    print("total", total, queue.empty(), queue.qsize())
    small = asyncio.Queue(maxsize=1)
    small.put_nowait("x")
    print(small.full(), small.get_nowait())
    try:
        small.get_nowait()
    except asyncio.QueueEmpty as error:
        print(type(error).__name__)
    small.put_nowait("y")
    try:
        small.put_nowait("z")
    except asyncio.QueueFull as error:
        print(type(error).__name__)


asyncio.run(main())
