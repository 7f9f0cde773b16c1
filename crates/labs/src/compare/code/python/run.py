def run(number):
    say(f"task {number} starts")
    for kind, seconds in TASKS[number]:
        if kind == "sleep":
            time.sleep(seconds)
        elif kind == "compute":
            compute(round(seconds * SPEED))
        else:
            raise RuntimeError(f"task {number} crashes")
    say(f"task {number} ends")
