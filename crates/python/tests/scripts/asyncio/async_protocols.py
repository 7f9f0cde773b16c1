import asyncio


class Connection:
    async def __aenter__(self):
        await asyncio.sleep(0)
        print("open")
        return self

    async def __aexit__(self, kind, error, traceback):
        await asyncio.sleep(0)
        print("close", kind and kind.__name__)
        return kind is ValueError


class Countdown:
    def __init__(self, start):
        self.left = start

    def __aiter__(self):
        return self

    async def __anext__(self):
        if self.left == 0:
            raise StopAsyncIteration
        await asyncio.sleep(0.01)
        self.left -= 1
        return self.left


async def main():
    async with Connection() as connection:
        print("inside", type(connection).__name__)
    async with Connection():
        raise ValueError("swallowed")
    async for number in Countdown(3):
        print(number)
    else:
        print("else")


asyncio.run(main())
