#: title A flag for a lock
#: question Each thread waits until the flag is down, then raises it.
#: question What is wrong with that?
#: goal violation
#: threads 2
#: watch count,flag
#: registers ax
#: alone .critical .release
#: end count == 2
.var flag
.var count

.main
.wait
mov flag, %ax           # is it down?
test $0, %ax
jne .wait
mov $1, flag            # then raise it

.critical
#= count = count + 1
mov count, %ax
add $1, %ax
mov %ax, count

.release
mov $0, flag
halt
