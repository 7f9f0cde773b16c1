import threading
import time


class Account:
    def __init__(self, number, balance):
        self.number, self.balance, self.lock = number, balance, threading.Lock()


def transfer(source, target, amount):
    first, second = sorted((source, target), key=lambda account: account.number)
    with first.lock:
        time.sleep(0.03)
        with second.lock:
            source.balance -= amount
            target.balance += amount


a, b = Account(1, 100), Account(2, 200)
threads = [threading.Thread(target=transfer, args=pair) for pair in ((a, b, 10), (b, a, 50), (a, b, 5))]
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()
print(a.balance, b.balance, a.balance + b.balance)
