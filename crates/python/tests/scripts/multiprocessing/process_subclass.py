import multiprocessing


class Squares(multiprocessing.Process):
    def __init__(self, numbers, results):
        super().__init__()
        self.numbers = numbers
        self.results = results

    def run(self):
        self.numbers = [number * number for number in self.numbers]
        self.results.put((self.name, self.numbers))


if __name__ == "__main__":
    results = multiprocessing.Queue()
    process = Squares([1, 2, 3], results)
    print(process.name, process.exitcode)
    process.start()
    print(results.get())
    process.join()
    print(process.numbers, process.exitcode)
