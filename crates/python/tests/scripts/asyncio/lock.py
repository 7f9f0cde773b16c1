import asyncio

balance = 100


async def withdraw(amount):
    global balance
    seen = balance
    await asyncio.sleep(0.03)
    balance = seen - amount


async def withdraw_safely(lock, amount):
    async with lock:
        await withdraw(amount)


async def main():
    global balance
    await asyncio.gather(withdraw(10), withdraw(20), withdraw(30))
    print("without a lock", balance)
    balance = 100
    lock = asyncio.Lock()
    await asyncio.gather(*(withdraw_safely(lock, amount) for amount in (10, 20, 30)))
    print("with a lock", balance, lock.locked())
    print(await lock.acquire(), lock.locked())
    lock.release()
    try:
        lock.release()
    except RuntimeError as error:
        print(error)


asyncio.run(main())
