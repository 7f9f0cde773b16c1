import threading
import time


def background():
    try:
        while True:
            print("tick")
            time.sleep(0.1)
    finally:
        print("never printed")


threading.Thread(target=background, daemon=True).start()
time.sleep(0.15)
print("main ends")
