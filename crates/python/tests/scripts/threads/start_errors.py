import threading

thread = threading.Thread(target=print, args=("runs once",))
try:
    thread.join()
except RuntimeError as error:
    print(error)
thread.start()
thread.join()
attempts = [thread.start, lambda: threading.current_thread().join(), lambda: setattr(thread, "daemon", True)]
for attempt in attempts:
    try:
        attempt()
        print("no error")
    except RuntimeError as error:
        print(error)


def joins_itself():
    try:
        threading.current_thread().join()
    except RuntimeError as error:
        print(error)


itself = threading.Thread(target=joins_itself)
itself.start()
itself.join()
