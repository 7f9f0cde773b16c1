@ABOUT
import multiprocessing
import os
import threading

PROCESSES = @PROCESSES

value = 0


def set_and_say(number, pipe):
    """What each process does: set the global, and send back its value."""
    global value
    value = number
    for _ in range(1000):
        value += 1
    pipe.send(value)


def look(pipe):
    pipe.send(value)


def crash():
    os.abort()


def answer(pipe):
    """Wait for a question, and answer it."""
    pipe.recv()
    pipe.send("here")


# A new process imports this file; then it must not start processes itself.
if __name__ == "__main__":
    system = multiprocessing.get_context("spawn")

    def start(target, *args):
        ours, theirs = system.Pipe()
        system.Process(target=target, args=(*args, theirs), daemon=True).start()
        return ours

    def set_to_42():
        global value
        value = 42

    thread = threading.Thread(target=set_to_42)
    thread.start()
    thread.join()
    print(f"a thread set the global to 42: this thread reads {value}")
    print(f"a process reads {start(look).recv()}")

    answers = [start(set_and_say, number) for number in range(1, PROCESSES + 1)]
    for number, pipe in enumerate(answers, 1):
        print(f"process {number} set it to {number}, added 1000, and reads {pipe.recv()}")
    print(f"in the parent it is still {value}")

    sibling = start(answer)
    crashing = system.Process(target=crash)
    crashing.start()
    crashing.join()
    sibling.send("are you there?")
    print(f"a process crashed with exit code {crashing.exitcode}; its sibling is {sibling.recv()}")
