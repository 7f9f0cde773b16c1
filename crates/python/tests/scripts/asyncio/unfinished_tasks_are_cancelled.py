import asyncio


async def background():
    try:
        while True:
            await asyncio.sleep(0.07)
            print("still here")
    finally:
        print("the loop ends, and so does this")


async def main():
    task = asyncio.create_task(background())
    await asyncio.sleep(0.12)
    print("main returns", task.done())


asyncio.run(main())
print("after the loop")
