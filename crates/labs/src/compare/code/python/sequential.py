@ABOUT
import time

@COMMON


@RUN


SPEED = calibrate()
START = time.perf_counter()

for number in range(len(TASKS)):
    run(number)

print(f"all done after {1000 * (time.perf_counter() - START):.1f} ms")
