import multiprocessing
import os


def show(process):
    return repr(process).replace(f"parent={os.getpid()}", "parent").replace(f"pid={process.pid}", "pid")


def work():
    print(multiprocessing.current_process().name, multiprocessing.get_start_method(), flush=True)


if __name__ == "__main__":
    multiprocessing.set_start_method("spawn")
    try:
        multiprocessing.set_start_method("spawn")
    except RuntimeError as error:
        print(error)
    print(multiprocessing.get_start_method(), "spawn" in multiprocessing.get_all_start_methods())
    context = multiprocessing.get_context("spawn")
    for process in (multiprocessing.Process(target=work), context.Process(target=work, daemon=True)):
        print(show(process), flush=True)
        process.start()
        print(show(process), flush=True)
        process.join()
        print(show(process), flush=True)
    with context.Pool(1) as pool:
        pool.apply(work)
    print(context.cpu_count() == os.cpu_count())
