import asyncio


async def work():
    try:
        print("working")
        await asyncio.sleep(5)
        print("never")
    except asyncio.CancelledError:
        print("told to stop")
        raise
    finally:
        print("cleaned up")


async def main():
    task = asyncio.create_task(work())
    await asyncio.sleep(0.05)
    print(task.cancel(), task.done())
    try:
        await task
    except asyncio.CancelledError:
        print("cancelled", task.cancelled(), task.done())
    early = asyncio.create_task(work())
    early.cancel()
    await asyncio.sleep(0)
    print("never began", early.cancelled())


asyncio.run(main())
