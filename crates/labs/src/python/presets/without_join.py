# Nobody waits for the thread, and yet it prints: the interpreter joins it before it ends.
import threading
import time


def upload(name):
    time.sleep(0.2)
    print(f"{name} is uploaded.")


thread = threading.Thread(target=upload, args=("photo.jpg",))
thread.start()
print("The last line of the main program.")
