import asyncio
import threading
import time


def blocking(name, seconds):
    time.sleep(seconds)
    return name, threading.current_thread() is threading.main_thread()


async def ticker():
    for number in range(3):
        print("tick", number)
        await asyncio.sleep(0.06)


async def main():
    print(await asyncio.to_thread(blocking, "alone", seconds=0.02))
    start = time.monotonic()
    results = await asyncio.gather(asyncio.to_thread(blocking, "a", 0.2), asyncio.to_thread(blocking, "b", 0.2), ticker())
    print(results, time.monotonic() - start < 0.39)
    try:
        await asyncio.to_thread(int, "x")
    except ValueError as error:
        print(error)


asyncio.run(main())
