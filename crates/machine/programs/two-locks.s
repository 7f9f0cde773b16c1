#: title Two locks
#: question Thread 0 takes the left lock, then the right one; thread 1 the right one, then the left one.
#: question When do both wait for ever?
#: goal deadlock
#: threads 2
#: args ax=100:bx=104,ax=104:bx=100
#: watch left,right,done
#: registers ax,bx
#: end done == 2
.var left               # at 100
.var right              # at 104
.var done

.main
.first
mov $1, %cx
xchg %cx, (%ax)         # the lock whose address is in ax
test $0, %cx
jne .first

.second
mov $1, %cx
xchg %cx, (%bx)         # the lock whose address is in bx
test $0, %cx
jne .second

#= done = done + 1
mov done, %cx
add $1, %cx
mov %cx, done

mov $0, (%bx)
mov $0, (%ax)
halt
