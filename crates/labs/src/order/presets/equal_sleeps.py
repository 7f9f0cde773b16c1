# Five runners start one after the other and rest for the same time. Who is home first?
import threading
import time


def run_home(name):
    print(f"{name} has started.")
    time.sleep(1)
    print(f"{name} is home.")


if __name__ == "__main__":
    runners = []
    for name in ["Ada", "Alan", "Edsger", "Grace", "Tony"]:
        runner = threading.Thread(target=run_home, args=(name,), name=name)
        runner.start()
        runners.append(runner)

    for runner in runners:
        runner.join()

    print("All are home.")
