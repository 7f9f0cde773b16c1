#: title Test-and-set lock
#: question A swap in one indivisible step takes the lock: whoever gets 0 back has it.
#: question Can an update still get lost? And who pays for the waiting?
#: threads 2
#: watch count,mutex
#: registers ax
#: alone .critical .release
#: end count == 2
.var mutex
.var count

.main
.lock
mov $1, %ax
xchg %ax, mutex         # 1 goes in, what was there comes out
test $0, %ax
jne .lock               # it was taken: once more

.critical
#= count = count + 1
mov count, %ax
add $1, %ax
mov %ax, count

.release
mov $0, mutex
halt
