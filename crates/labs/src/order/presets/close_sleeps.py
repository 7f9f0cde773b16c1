# Whoever starts later rests for 2 ms less. Does the clock keep them apart?
import threading
import time


def run_home(name, rest):
    time.sleep(rest)
    print(f"{name} is home.")


if __name__ == "__main__":
    runners = []
    for number, name in enumerate(["Ada", "Alan", "Edsger", "Grace", "Tony"]):
        rest = 1 - number * 0.002
        runner = threading.Thread(target=run_home, args=(name, rest), name=name)
        runner.start()
        runners.append(runner)

    for runner in runners:
        runner.join()
