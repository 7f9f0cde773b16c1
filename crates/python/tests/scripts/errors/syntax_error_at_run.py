print("a syntax error anywhere: nothing runs")
if True:
    x = = 5
