#: title Producer and consumer
#: question Thread 0 makes numbers, thread 1 adds them up, and there is room for one between them.
#: question Can one get lost, or be counted twice?
#: threads 2
#: args ax=0:bx=2,ax=1:bx=2
#: watch full,slot,sum
#: registers bx
#: end sum == 3
.var full
.var slot
.var sum

.main
test $1, %ax
je .consumer

.producer
mov full, %cx
test $0, %cx
jne .producer           # no room yet
#= slot = bx
mov %bx, slot

mov $1, full
sub $1, %bx
test $0, %bx
jgt .producer
halt

.consumer
mov full, %cx
test $1, %cx
jne .consumer           # nothing there yet
#= sum = sum + slot
mov slot, %cx
mov sum, %dx
add %cx, %dx
mov %dx, sum

mov $0, full
sub $1, %bx
test $0, %bx
jgt .consumer
halt
