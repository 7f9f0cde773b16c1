# Each runner is joined before the next one starts: join makes an order, and nothing runs at the same time.
import threading
import time


def run_home(name):
    time.sleep(0.2)
    print(f"{name} is home.")


if __name__ == "__main__":
    for name in ["Ada", "Alan", "Edsger", "Grace", "Tony"]:
        runner = threading.Thread(target=run_home, args=(name,), name=name)
        runner.start()
        runner.join()
