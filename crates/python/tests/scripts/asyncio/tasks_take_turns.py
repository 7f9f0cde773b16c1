import asyncio

order = []


async def worker(name, steps):
    for step in range(steps):
        order.append(f"{name}{step}")
        await asyncio.sleep(0)


async def main():
    await asyncio.gather(worker("a", 3), worker("b", 2), worker("c", 1))
    print(" ".join(order))
    order.clear()
    task = asyncio.create_task(worker("x", 2))
    order.append("main goes on until it awaits")
    await task
    print(order)
    order.clear()
    await worker("direct", 2)
    print(order)


asyncio.run(main())
