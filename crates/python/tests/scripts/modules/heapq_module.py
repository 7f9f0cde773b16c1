import heapq

heap = []
for item in [5, 1, 8, 3, 2, 9]:
    heapq.heappush(heap, item)
print(heap, heap[0])
print([heapq.heappop(heap) for _ in range(len(heap))])
values = [7, 4, 1, 8, 5]
heapq.heapify(values)
print(values, heapq.heappushpop(values, 0), heapq.heapreplace(values, 10), values)
print(heapq.nlargest(2, [4, 9, 1]), heapq.nsmallest(2, ["bb", "a", "ccc"], key=len), list(heapq.merge([1, 4], [2, 3], [0])))
tasks = []
for priority, name in [(2, "write"), (1, "plan"), (3, "test"), (1, "ask")]:
    heapq.heappush(tasks, (priority, name))
while tasks:
    print(heapq.heappop(tasks))
try:
    heapq.heappop([])
except IndexError as error:
    print(error)
