import multiprocessing


class TooBig(Exception):
    def __init__(self, number, limit):
        super().__init__(number, limit)
        self.limit = limit


def check(number):
    if number > 2:
        raise TooBig(number, 2)
    return number


if __name__ == "__main__":
    multiprocessing.set_start_method("spawn")
    with multiprocessing.Pool(2) as pool:
        try:
            pool.map(check, range(5))
        except TooBig as error:
            print(error.args, error.limit)
        pool.map(check, range(4))
    print("not reached")
