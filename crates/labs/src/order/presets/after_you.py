# All rest at the same time, but each waits for the runner before it to be home.
import threading
import time


def run_home(name, before):
    time.sleep(1)
    if before is not None:
        before.join()
    print(f"{name} is home.")


if __name__ == "__main__":
    last = None
    for name in ["Ada", "Alan", "Edsger", "Grace", "Tony"]:
        runner = threading.Thread(target=run_home, args=(name, last), name=name)
        runner.start()
        last = runner

    last.join()
