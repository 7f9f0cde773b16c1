import threading

main = threading.current_thread()
print(main.name, main is threading.main_thread(), main.daemon, main.is_alive())


def who():
    thread = threading.current_thread()
    print(thread.name, thread is threading.main_thread(), thread.daemon)


def run(**options):
    thread = threading.Thread(target=who, **options)
    thread.start()
    thread.join()
    return thread


run()
run(name="worker")
run(daemon=True)
renamed = threading.Thread(target=who, name="old")
renamed.name = "new"
renamed.start()
renamed.join()
run()
print(threading.Thread(target=print).name, threading.Thread(name="x").name, threading.Thread().name)
main.name = "boss"
who()
