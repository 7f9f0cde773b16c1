#: title Two locks
#: question Thread 0 takes the left lock, then the right one; thread 1 the right one, then the left one.
#: question When do both wait for ever?
#: goal deadlock
#: threads 2
#: args ax=0:bx=1,ax=1:bx=0
#: watch left,right,done
#: registers ax,bx
#: end done == 2
.var left
.var right
.var done

.main
lea left, %fx           # the locks are 4 apart; ax and bx say which is first

.first
mov $1, %cx
xchg %cx, 0(%fx,%ax,4)
test $0, %cx
jne .first

.second
mov $1, %cx
xchg %cx, 0(%fx,%bx,4)
test $0, %cx
jne .second

#= done = done + 1
mov done, %cx
add $1, %cx
mov %cx, done

mov $0, 0(%fx,%bx,4)
mov $0, 0(%fx,%ax,4)
halt
