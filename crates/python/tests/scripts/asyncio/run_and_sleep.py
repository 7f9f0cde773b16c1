import asyncio


async def greet(name, delay):
    print("hello", name)
    await asyncio.sleep(delay)
    print("bye", name)
    return name.upper()


async def main():
    first = await greet("ada", 0.05)
    second = await greet("alan", 0.01)
    print(first, second)
    return 42


print(asyncio.run(main()))
coroutine = greet("never", 0)
print(type(coroutine).__name__)
coroutine.close()
try:
    asyncio.run(5)
except ValueError as error:
    print(error)
