from collections import deque

line = deque([1, 2, 3])
line.append(4)
line.appendleft(0)
print(line, len(line), line[0], line[-1], line.pop(), line.popleft(), list(line), 2 in line)
line.extend([7, 8])
line.extendleft([6, 5])
line.rotate(2)
print(line, line.count(7), line.index(5), list(reversed(line)))
line.rotate(-1)
line.remove(7)
line.reverse()
print(line, deque("abc"), deque([1]) == deque([1]), bool(deque()))
recent = deque(maxlen=3)
for number in range(6):
    recent.append(number)
print(recent, recent.maxlen)
recent.appendleft("front")
print(recent)
for wrong in (lambda: deque().pop(), lambda: deque().popleft(), lambda: line[99]):
    try:
        wrong()
    except IndexError as error:
        print(error)
