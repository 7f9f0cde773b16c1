import asyncio


async def fail(message, delay=0.0):
    await asyncio.sleep(delay)
    raise ValueError(message)


async def succeed():
    await asyncio.sleep(0.05)
    return "fine"


async def main():
    try:
        await fail("awaited")
    except ValueError as error:
        print("caught", error)
    task = asyncio.create_task(fail("in a task"))
    try:
        await task
    except ValueError as error:
        print("caught", error, repr(task.exception()))
    try:
        await asyncio.gather(succeed(), fail("in gather"))
    except ValueError as error:
        print("caught", error)
    print(await asyncio.gather(succeed(), fail("returned"), return_exceptions=True))
    try:
        await fail("finally too")
    except ValueError:
        print("handled")
    finally:
        print("finally")
    await fail("out of run")


try:
    asyncio.run(main())
except ValueError as error:
    print("out:", error)
