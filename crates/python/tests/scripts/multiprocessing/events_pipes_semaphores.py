import multiprocessing
import time


def wait_for(event, name, seconds):
    event.wait()
    time.sleep(seconds)
    print(name, "goes on", event.is_set(), flush=True)


def answer(connection):
    while True:
        question = connection.recv()
        if question is None:
            break
        connection.send(question * 2)


def enter(gate, name, order):
    time.sleep(order * 0.15)
    with gate:
        print(name, "in", flush=True)
        time.sleep(0.5)


if __name__ == "__main__":
    event = multiprocessing.Event()
    waiting = [multiprocessing.Process(target=wait_for, args=(event, name, 0.15 * at)) for at, name in enumerate("ab")]
    for process in waiting:
        process.start()
    print(event.is_set(), event.wait(0.3), flush=True)
    event.set()
    for process in waiting:
        process.join()
    event.clear()
    print(event.is_set())
    here, there = multiprocessing.Pipe()
    process = multiprocessing.Process(target=answer, args=(there,))
    process.start()
    print(here.poll())
    for question in (1, "a", [None]):
        here.send(question)
        print(here.poll(5), here.recv())
    here.send(None)
    process.join()
    gate = multiprocessing.Semaphore(1)
    gate.acquire()
    print(gate.acquire(block=False))
    gate.release()
    processes = [multiprocessing.Process(target=enter, args=(gate, at, at)) for at in range(2)]
    for process in processes:
        process.start()
    for process in processes:
        process.join()
