import asyncio


async def tick(name, times, pause):
    for number in range(times):
        await asyncio.sleep(pause)
        print(name, number)
    return name


async def main():
    slow = asyncio.create_task(tick("slow", 2, 0.2))
    fast = asyncio.create_task(tick("fast", 3, 0.05), name="the fast one")
    print("created", slow.done(), fast.get_name())
    await asyncio.sleep(0)
    print("both have begun")
    print(await slow, await fast, slow.done(), fast.result())


asyncio.run(main())
