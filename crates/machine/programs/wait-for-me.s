#: title Wait for me
#: question Thread 0 waits until thread 1 has set a flag. How many instructions does it waste on that,
#: question and what could it do instead?
#: threads 2
#: args ax=0,ax=1
#: watch flag
#: registers ax,cx
#: end flag == 1
.var flag

.main
test $1, %ax
je .setter

.waiter
mov flag, %cx
test $1, %cx
jne .waiter
halt

.setter
mov $1, flag
halt
