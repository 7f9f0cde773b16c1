import multiprocessing
import os


def introduce(parent):
    me = multiprocessing.current_process()
    print(me.name, me.daemon, os.getpid() == me.pid, os.getppid() == parent, multiprocessing.active_children(), flush=True)


if __name__ == "__main__":
    main = multiprocessing.current_process()
    print(main.name, main.daemon, main.exitcode, main.pid == os.getpid())
    made = [
        multiprocessing.Process(target=introduce, args=(os.getpid(),)),
        multiprocessing.Process(target=introduce, args=(os.getpid(),), name="Ada"),
        multiprocessing.Process(target=introduce, kwargs={"parent": os.getpid()}, daemon=True),
    ]
    print([process.name for process in made], [process.pid for process in made], flush=True)
    for process in made:
        process.start()
        known = process in multiprocessing.active_children(), process.pid != os.getpid()
        process.join()
        print(known, flush=True)
        print(process.name, process.exitcode, multiprocessing.active_children(), flush=True)
    print(len({process.pid for process in made}))
    made[0].name = "renamed"
    print(made[0].name)
    print(multiprocessing.cpu_count() == os.cpu_count())
