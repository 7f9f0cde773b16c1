import asyncio


class Countdown:
    def __init__(self, rounds):
        self.rounds = rounds

    def __await__(self):
        for left in range(self.rounds, 0, -1):
            print("left", left)
            yield from asyncio.sleep(0.01).__await__()
        return "lift-off"


async def squares(limit):
    for number in range(limit):
        await asyncio.sleep(0)
        yield number * number


async def main():
    print(await Countdown(2))
    async for square in squares(4):
        print(square)
    print([square async for square in squares(3)], {n: s async for n in squares(2) for s in [n + 1]})
    awaited = [await value for value in (asyncio.sleep(0, "a"), asyncio.sleep(0.01, result="b"))]
    print(awaited)
    try:
        await 5
    except TypeError as error:
        print(error)


asyncio.run(main())
