import threading


class Failed(Exception):
    pass


def work():
    try:
        {}["key"]
    except KeyError as error:
        raise Failed("no key") from error


thread = threading.Thread(target=work)
thread.start()
thread.join()
print("done")
