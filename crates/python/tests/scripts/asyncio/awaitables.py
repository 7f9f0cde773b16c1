import asyncio


class Countdown:
    def __init__(self, rounds):
        self.rounds = rounds

    def __await__(self):
        for left in range(self.rounds, 0, -1):
            print("left", left)
            yield from asyncio.sleep(0.01).__await__()
        return "lift-off"


async def main():
    print(await Countdown(2))
    for value in (asyncio.sleep(0, "a"), asyncio.sleep(0.01, result="b")):
        print(await value)
    try:
        await 5
    except TypeError as error:
        print(error)


asyncio.run(main())
