ﬁnd = 1
print(find)
