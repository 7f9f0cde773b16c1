#: title Recursion and the stack
#: question sum(n) adds n to sum(n - 1). Each call keeps its own n on its thread's stack.
#: question How deep does the stack get, and where does it end?
#: threads 2
#: args ax=3,ax=2
#: watch result
#: registers ax,sp
.var result

.main
#= result = sum(ax)
call .sum
mov %ax, result

halt

.sum
push %ax                # n is needed after the next call
test $0, %ax
je .done                # sum(0) is 0
sub $1, %ax
call .sum
pop %bx
add %bx, %ax
ret
.done
pop %bx
ret
