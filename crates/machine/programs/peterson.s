#: title Peterson's algorithm
#: question Two threads, each with its number in bx, keep apart with nothing but loads and stores.
#: question Which of its stores could be left out?
#: threads 2
#: args bx=0,bx=1
#: watch count,turn
#: registers ax
#: alone .critical .release
#: end count == 2
.var wants 2
.var turn
.var count

.main
lea wants, %fx
mov $1, %cx
sub %bx, %cx            # cx is the other one's number

#= wants[me] = 1
mov $1, 0(%fx,%bx,4)
#= turn = other
mov %cx, turn           # after you

.wait
mov 0(%fx,%cx,4), %ax
test $0, %ax
je .critical            # the other one does not want to
mov turn, %ax
test %cx, %ax
je .wait                # it wants to, and it is its turn

.critical
#= count = count + 1
mov count, %ax
add $1, %ax
mov %ax, count

.release
mov $0, 0(%fx,%bx,4)
halt
