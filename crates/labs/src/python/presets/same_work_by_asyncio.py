# The same waits with one thread: while one task sleeps, the event loop goes on with another.
import asyncio
import threading


async def download(page, seconds):
    await asyncio.sleep(seconds)
    print(f"{page} is done in {threading.current_thread().name}.")
    return f"<h1>{page}</h1>"


async def main():
    pages = await asyncio.gather(download("news", 0.2), download("weather", 0.1), download("sport", 0.15))
    for page in pages:
        print(page)


asyncio.run(main())
