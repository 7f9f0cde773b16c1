import asyncio
import time


async def polite(name):
    for number in range(2):
        print(name, number)
        await asyncio.sleep(0.05)


async def rude():
    print("rude begins")
    time.sleep(0.15)
    print("rude ends")


async def main():
    await asyncio.gather(polite("polite"), rude(), polite("other"))


asyncio.run(main())
