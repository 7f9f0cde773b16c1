import asyncio
import time


async def nap(number):
    await asyncio.sleep(0.06 * number)
    print("awake", number)
    return number * 10


async def main():
    start = time.monotonic()
    results = await asyncio.gather(nap(3), nap(1), nap(2))
    print(results, 0.17 < time.monotonic() - start < 0.35)
    print(await asyncio.gather(), await asyncio.gather(*(nap(0) for _ in range(2))))


asyncio.run(main())
