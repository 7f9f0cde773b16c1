@ABOUT
import asyncio
import time

@COMMON


QUANTUM = @QUANTUM  # seconds a task may compute before the others get a turn


async def run(number):
    say(f"task {number} starts")
    for kind, seconds in TASKS[number]:
        if kind == "sleep":
            await asyncio.sleep(seconds)
        elif kind == "compute":
            await compute_in_turns(round(seconds * SPEED))
        else:
            raise RuntimeError(f"task {number} crashes")
    say(f"task {number} ends")


async def compute_in_turns(iterations):
    turn = round(QUANTUM * SPEED)
    while iterations > 0:
        compute(min(turn, iterations))
        iterations -= turn
        await asyncio.sleep(0)  # without this, no other task could run


async def main():
    await asyncio.gather(*(run(number) for number in range(len(TASKS))))


SPEED = calibrate()
START = time.perf_counter()

asyncio.run(main())

print(f"all done after {1000 * (time.perf_counter() - START):.1f} ms")
