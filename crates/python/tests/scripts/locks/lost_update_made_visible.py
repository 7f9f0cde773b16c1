import threading
import time

balance = 100


def withdraw(amount):
    global balance
    seen = balance
    time.sleep(0.2)
    balance = seen - amount


def run(target):
    global balance
    balance = 100
    threads = [threading.Thread(target=target, args=(amount,)) for amount in (30, 50)]
    for thread in threads:
        thread.start()
        time.sleep(0.05)
    for thread in threads:
        thread.join()
    return balance


lock = threading.Lock()


def withdraw_safely(amount):
    with lock:
        withdraw(amount)


print("without a lock:", run(withdraw))
print("with a lock:", run(withdraw_safely))
