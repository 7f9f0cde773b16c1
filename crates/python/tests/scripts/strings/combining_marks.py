print("x\u0301".isidentifier())
