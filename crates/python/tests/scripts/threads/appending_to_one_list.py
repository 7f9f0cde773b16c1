import threading

numbers, squares = [], {}


def work(first):
    for number in range(first, first + 2000):
        numbers.append(number)
        squares[number] = number * number


threads = [threading.Thread(target=work, args=(index * 2000,)) for index in range(4)]
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()
print(len(numbers), sorted(numbers) == list(range(8000)), len(squares), sum(squares.values()))
