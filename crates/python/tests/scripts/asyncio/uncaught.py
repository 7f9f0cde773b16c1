import asyncio


async def main():
    print("in the loop")
    await asyncio.sleep(0.01)
    raise RuntimeError("out of the loop")


asyncio.run(main())
