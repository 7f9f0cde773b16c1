import threading

print("before")
threading.no_such_thing()
