#: title Test-and-test-and-set lock
#: question It looks before it swaps, so that waiting only reads.
#: question Is it as safe, and what is it better at?
#: threads 2
#: watch count,mutex
#: registers ax
#: alone .critical .release
#: end count == 2
.var mutex
.var count

.main
.lock
mov mutex, %ax          # only look
test $0, %ax
jne .lock
mov $1, %ax
xchg %ax, mutex         # it looked free, but somebody may have been faster
test $0, %ax
jne .lock

.critical
#= count = count + 1
mov count, %ax
add $1, %ax
mov %ax, count

.release
mov $0, mutex
halt
