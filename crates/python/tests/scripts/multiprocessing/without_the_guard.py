import multiprocessing

print("module", __name__, flush=True)


def work():
    print("never printed")


multiprocessing.set_start_method("spawn", force=True)
process = multiprocessing.Process(target=work)
process.start()
process.join()
print("exit code", process.exitcode)
