import threading


def report(args):
    print("hook:", args.exc_type.__name__, args.exc_value, args.thread.name, args.exc_traceback is not None)


def fail(message):
    raise ValueError(message)


original = threading.excepthook
threading.excepthook = report
thread = threading.Thread(target=fail, args=("reported",), name="failing")
thread.start()
thread.join()
threading.excepthook = original
quiet = threading.Thread(target=lambda: (_ for _ in ()).throw(SystemExit(5)))
quiet.start()
quiet.join()
print("SystemExit in a thread ends it without a word")
