#: title Lost update
#: question Each thread adds 1 to the same counter, once.
#: question Which values can the counter have at the end?
#: goal count == 1
#: threads 2
#: watch count
#: registers ax
#: end count == 2
.var count

.main
#= count = count + 1
mov count, %ax          # fetch it from memory
add $1, %ax             # the CPU computes in registers only
mov %ax, count          # put it back

halt
