# Whoever starts later rests for a shorter time: now the sleeps decide who is first.
import threading
import time


def run_home(name, rest):
    time.sleep(rest)
    print(f"{name} is home after {rest} s.")


if __name__ == "__main__":
    rests = {"Ada": 1.0, "Alan": 0.8, "Edsger": 0.6, "Grace": 0.4, "Tony": 0.2}
    runners = []
    for name, rest in rests.items():
        runner = threading.Thread(target=run_home, args=(name, rest), name=name)
        runner.start()
        runners.append(runner)

    for runner in runners:
        runner.join()
