#: title Ticket lock
#: question Each thread draws a number, and waits until it is called.
#: question In which order do threads get the lock, and can one be passed over?
#: threads 2
#: watch count,next,called
#: registers ax,cx
#: alone .critical .release
#: end count == 2
.var next
.var called
.var count

.main
.lock
mov $1, %ax
fetchadd %ax, next      # my number is in ax now
.wait
mov called, %cx
test %ax, %cx
jne .wait               # somebody else's number is called

.critical
#= count = count + 1
mov count, %cx
add $1, %cx
mov %cx, count

.release
mov $1, %cx
fetchadd %cx, called    # call the next number
halt
