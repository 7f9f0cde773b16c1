import sys
import threading
import time


def work(code):
    print("thread exits with", code)
    sys.exit(code)


for code in (3, "text"):
    thread = threading.Thread(target=work, args=(code,))
    thread.start()
    thread.join()
time.sleep(0.02)
print("only the thread ended; the exit code is main's")
