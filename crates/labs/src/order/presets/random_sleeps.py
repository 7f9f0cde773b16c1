# Each runner draws how long it rests. This order is random because the program makes it so.
import random
import threading
import time


def run_home(name):
    time.sleep(random.uniform(0.2, 1))
    print(f"{name} is home.")


if __name__ == "__main__":
    runners = []
    for name in ["Ada", "Alan", "Edsger", "Grace", "Tony"]:
        runner = threading.Thread(target=run_home, args=(name,), name=name)
        runner.start()
        runners.append(runner)

    for runner in runners:
        runner.join()
